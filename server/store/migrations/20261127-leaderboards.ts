// Leaderboards: rules, entries, and who stands where since when.
import { Migration } from '@mikro-orm/migrations'

export class Leaderboards extends Migration {
  override up(): void {
    this.addSql(
      `create table \`board\` (\`id\` integer not null primary key autoincrement, \`team_id\` integer not null, \`name\` text not null, \`notes\` text not null default '', \`visibility\` text not null default 'team', \`rules\` json not null, \`rule_version\` integer not null default 1, \`created_by\` integer not null, \`created_at\` datetime not null, \`archived_at\` datetime null);`,
    )
    this.addSql(`create index \`board_team_id_index\` on \`board\` (\`team_id\`);`)

    this.addSql(
      `create table \`board_entry\` (\`id\` integer not null primary key autoincrement, \`board_id\` integer not null, \`team_id\` integer null, \`title\` text not null, \`subject\` text not null, \`subject_id\` text null, \`values\` json not null, \`baseline\` integer not null default false, \`source\` text not null default '', \`state\` text not null default 'STANDING', \`reason\` text not null default '', \`verification\` text not null default 'NONE', \`verifying_run_id\` integer null, \`sort_key\` text null, \`score\` double null, \`rule_version\` integer not null, \`submitted_by\` integer null, \`submitted_at\` datetime not null);`,
    )
    this.addSql(`create index \`board_entry_verifying_run_id_index\` on \`board_entry\` (\`verifying_run_id\`);`)
    this.addSql(
      `create index \`board_entry_board_id_team_id_submitted_at_index\` on \`board_entry\` (\`board_id\`, \`team_id\`, \`submitted_at\`);`,
    )
    this.addSql(
      `create index \`board_entry_board_id_team_id_sort_key_index\` on \`board_entry\` (\`board_id\`, \`team_id\`, \`sort_key\`);`,
    )
    this.addSql(
      `create index \`board_entry_board_id_subject_id_index\` on \`board_entry\` (\`board_id\`, \`subject_id\`);`,
    )

    this.addSql(
      `create table \`board_rules\` (\`board_id\` integer not null, \`version\` integer not null, \`rules\` json not null, \`why\` text not null default '', \`changed_by\` integer null, \`changed_at\` datetime not null, primary key (\`board_id\`, \`version\`));`,
    )

    this.addSql(
      `create table \`board_team\` (\`board_id\` integer not null, \`team_id\` integer not null, primary key (\`board_id\`, \`team_id\`));`,
    )
    this.addSql(`create index \`board_team_team_id_index\` on \`board_team\` (\`team_id\`);`)

    this.addSql(
      `create table \`board_standing\` (\`id\` integer not null primary key autoincrement, \`board_id\` integer not null, \`entry_id\` integer not null, \`team_id\` integer null, \`sort_key\` text not null, \`score\` double not null, \`since\` bigint not null, \`until\` bigint null, \`is_now\` integer not null);`,
    )
    this.addSql(`create index \`board_standing_entry_id_index\` on \`board_standing\` (\`entry_id\`);`)
    this.addSql(
      `create index \`board_standing_board_id_is_now_sort_key_entry_id_index\` on \`board_standing\` (\`board_id\`, \`is_now\`, \`sort_key\`, \`entry_id\`);`,
    )
    this.addSql(
      `create index \`board_standing_board_id_is_now_team_id_sort_key_index\` on \`board_standing\` (\`board_id\`, \`is_now\`, \`team_id\`, \`sort_key\`);`,
    )
    this.addSql(`create index \`board_standing_board_id_since_index\` on \`board_standing\` (\`board_id\`, \`since\`);`)
    this.addSql(`create index \`board_standing_board_id_until_index\` on \`board_standing\` (\`board_id\`, \`until\`);`)

    this.addSql(
      `create table \`board_stretch\` (\`board_id\` integer not null, \`low\` text not null, \`count\` integer not null, primary key (\`board_id\`, \`low\`));`,
    )
  }
}

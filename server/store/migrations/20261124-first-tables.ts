// The first form of the store: people, runs, their log and their points.
import { Migration } from '@mikro-orm/migrations'

export class FirstTables extends Migration {
  override up(): void {
    this.addSql(
      `create table \`event\` (\`run_id\` integer not null, \`number\` integer not null, \`time\` integer not null, \`type\` text not null, \`key\` text null, \`data\` text not null, primary key (\`run_id\`, \`number\`));`,
    )
    this.addSql(`create unique index \`event_run_id_key_unique\` on \`event\` (\`run_id\`, \`key\`);`)

    this.addSql(
      `create table \`metric_chunk\` (\`run_id\` integer not null, \`number\` integer not null, \`metric\` text not null, \`first_step\` double not null, \`last_step\` double not null, \`count\` integer not null, \`steps\` blob not null, \`values\` blob not null, primary key (\`run_id\`, \`number\`, \`metric\`));`,
    )
    this.addSql(
      `create index \`metric_chunk_run_id_metric_first_step_index\` on \`metric_chunk\` (\`run_id\`, \`metric\`, \`first_step\`);`,
    )

    this.addSql(
      `create table \`metric_summary\` (\`run_id\` integer not null, \`metric\` text not null, \`count\` integer not null, \`last\` double null, \`last_step\` double not null, \`min\` double null, \`min_step\` double null, \`max\` double null, \`max_step\` double null, primary key (\`run_id\`, \`metric\`));`,
    )

    this.addSql(
      `create table \`pace\` (\`backend\` text not null, \`device\` text not null, \`multiply_adds_per_second\` double not null, \`measured_at\` datetime not null, primary key (\`backend\`, \`device\`));`,
    )

    this.addSql(
      `create table \`run\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`state\` text not null, \`settings\` json not null, \`failure\` json null, \`backend\` json null, \`created_at\` datetime not null, \`started_at\` datetime null, \`finished_at\` datetime null, \`steps_done\` integer not null default 0, \`steps_total\` integer not null default 0, \`preparing\` text null, \`eta_seconds\` double null, \`last_number\` integer not null default 0, \`attempts\` integer not null default 0, \`machine_failures\` integer not null default 0, \`claimed_by\` text null, \`heartbeat_at\` datetime null, \`cancel_requested\` integer not null default false);`,
    )
    this.addSql(`create index \`run_state_index\` on \`run\` (\`state\`);`)

    this.addSql(
      `create table \`session\` (\`token_hash\` text not null, \`user_id\` integer not null, \`created_at\` datetime not null, \`expires_at\` datetime not null, primary key (\`token_hash\`));`,
    )
    this.addSql(`create index \`session_user_id_index\` on \`session\` (\`user_id\`);`)

    this.addSql(
      `create table \`sign_in_link\` (\`secret_hash\` text not null, \`created_at\` datetime not null, \`expires_at\` datetime not null, \`used_at\` datetime null, primary key (\`secret_hash\`));`,
    )

    this.addSql(
      `create table \`user\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`created_at\` datetime not null);`,
    )
  }
}

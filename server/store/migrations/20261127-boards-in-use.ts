// Which runs stand behind an entry and whether they are there; and whether a board's hidden metric is shown.
import { Migration } from '@mikro-orm/migrations'

export class BoardsInUse extends Migration {
  override up(): void {
    this.addSql(
      `create table \`board_entry_run\` (\`entry_id\` integer not null, \`run_id\` integer not null, primary key (\`entry_id\`, \`run_id\`));`,
    )
    this.addSql(`create index \`board_entry_run_run_id_index\` on \`board_entry_run\` (\`run_id\`);`)

    this.addSql(`alter table \`board\` add column \`revealed\` integer not null default false;`)

    this.addSql(`alter table \`board_entry\` add column \`evidence\` text not null default 'THERE';`)
  }
}

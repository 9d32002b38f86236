// Groups of runs that differ only in their seed.
import { Migration } from '@mikro-orm/migrations'

export class GroupsOfRuns extends Migration {
  override up(): void {
    this.addSql(
      `create table \`run_group\` (\`id\` integer not null primary key autoincrement, \`name\` text not null, \`created_at\` datetime not null, \`baseline_of\` integer null);`,
    )
    this.addSql(`create index \`run_group_baseline_of_index\` on \`run_group\` (\`baseline_of\`);`)

    this.addSql(`alter table \`run\` add column \`group_id\` integer null;`)
    this.addSql(`create index \`run_group_id_index\` on \`run\` (\`group_id\`);`)
  }
}

// Runs that train, beside those that search; pausing. What was measured of the pace is measured again, for each kind of run.
import { Migration } from '@mikro-orm/migrations'

export class Trainings extends Migration {
  override up(): void {
    this.addSql(`drop table \`pace\`;`)
    this.addSql(
      `create table \`pace\` (\`kind\` text not null, \`backend\` text not null, \`device\` text not null, \`multiply_adds_per_second\` double not null, \`measured_at\` datetime not null, primary key (\`kind\`, \`backend\`, \`device\`));`,
    )

    this.addSql(`alter table \`run\` add column \`kind\` text not null default 'search';`)
    this.addSql(`alter table \`run\` add column \`search_id\` integer null;`)
    this.addSql(`alter table \`run\` add column \`pause_requested\` integer not null default false;`)
    this.addSql(`create index \`run_search_id_index\` on \`run\` (\`search_id\`);`)
  }
}

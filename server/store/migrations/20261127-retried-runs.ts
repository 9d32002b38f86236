// Runs that were started anew say which run they come from.
import { Migration } from '@mikro-orm/migrations'

export class RetriedRuns extends Migration {
  override up(): void {
    this.addSql(`alter table \`run\` add column \`retried_from\` integer null;`)
    this.addSql(`create index \`run_retried_from_index\` on \`run\` (\`retried_from\`);`)
  }
}

// Brings a PostgreSQL database to the form that the tables say: what is missing is added at each start, nothing is ever dropped.
// Why there are no migrations as for SQLite: docs/decisions/0006-postgresql-speaks-as-the-file-does.md.
import { StartError } from '../config.js'
import type { Store } from './sqlite.js'

/** Without the password. */
export const addressOf = ({ host, pathname }: URL): string => `${host}${pathname}`

/** @throws StartError where the database has what these tables do not know: a newer server's, or somebody else's */
export async function bringToForm(store: Store, database: URL): Promise<void> {
  const missing = await store.schema.getUpdateSchemaSQL({ wrap: false, safe: true, dropTables: false })
  await store.em.fork().transactional(async (em) => {
    const run = (sql: string) => em.getConnection().execute(sql, [], 'run', em.getTransactionContext())
    if (missing.trim() !== '') await run(asInSqlite(missing))
    const [first] = await em
      .getConnection()
      .execute<unknown[]>('select 1 from team limit 1', [], 'all', em.getTransactionContext())
    if (!first) await run(BEGINNING)
  })
  const unlike = await store.schema.getUpdateSchemaSQL({ wrap: false, dropTables: false })
  if (unlike.trim() !== '')
    throw new StartError(
      `Expected the database at ${addressOf(database)} to be of this version of Cellboard or older, but it has another form. Use the newest Cellboard that has used it, or another database.`,
    )
}

/**
 * Texts compare by their bytes, as in SQLite: keys and cursors are ordered so, whatever language the database was made for. Keys have
 * eight bytes as all whole numbers do.
 */
const asInSqlite = (sql: string): string =>
  sql.replace(/(" )text\b/g, '$1text collate "C"').replace(/(" )serial\b/g, '$1bigserial')

/** What the first start finds: a team, its project, and an audit log that is only appended to. */
const BEGINNING = `
  insert into team (slug, name, created_at) values ('first', 'First team', (extract(epoch from now()) * 1000)::bigint);
  insert into project (team_id, name, visibility, created_at)
    select id, 'main', 'private', created_at from team;
  create function audit_entry_refuse() returns trigger language plpgsql as $$
    begin raise exception 'The audit log is only appended to'; end $$;
  create trigger audit_entry_no_change before update or delete on audit_entry
    for each row execute function audit_entry_refuse();`

// Writes the migration that brings the store from what the migrations so far make to what the tables say now.
// Run as `npm run new-migration -w @cellboard/server -- name-of-it`, then add the class to migrations/index.ts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MikroORM } from '@mikro-orm/libsql'
import { storeConfig } from './sqlite.js'

const name = process.argv[2] ?? 'change'
const folder = mkdtempSync(join(tmpdir(), 'cellboard-'))
const config = storeConfig(join(folder, 'store.sqlite'))
const orm = await MikroORM.init({
  ...config,
  migrations: {
    ...config.migrations,
    emit: 'ts',
    path: join(process.cwd(), 'store/migrations'),
    fileName: (time) => `${time.slice(0, 8)}-${name}`,
  },
})
await orm.migrator.up()
const { fileName } = await orm.migrator.createMigration()
process.stdout.write(fileName ? `Wrote store/migrations/${fileName}.\n` : 'The tables have not changed.\n')
await orm.close()
rmSync(folder, { recursive: true })

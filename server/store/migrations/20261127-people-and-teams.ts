// People, teams and projects; tokens, share links and the audit log; what lists of runs are filtered by; architectures and studies.
// Whoever was there already owns the first team, and every run lies in its first project.
import { Migration } from '@mikro-orm/migrations'

export class PeopleAndTeams extends Migration {
  override up(): void {
    this.addSql(
      `create table \`architecture\` (\`hash\` text not null, \`genotype\` json not null, \`created_at\` datetime not null, primary key (\`hash\`));`,
    )

    this.addSql(
      `create table \`audit_entry\` (\`id\` integer not null primary key autoincrement, \`team_id\` integer null, \`time\` datetime not null, \`user_id\` integer null, \`token_id\` integer null, \`action\` text not null, \`subject\` text not null, \`detail\` json not null, \`request_id\` text not null);`,
    )
    this.addSql(`create index \`audit_entry_team_id_index\` on \`audit_entry\` (\`team_id\`);`)
    this.addSql(`create index \`audit_entry_user_id_index\` on \`audit_entry\` (\`user_id\`);`)

    this.addSql(
      `create table \`identity\` (\`issuer\` text not null, \`subject\` text not null, \`user_id\` integer not null, \`created_at\` datetime not null, primary key (\`issuer\`, \`subject\`));`,
    )
    this.addSql(`create index \`identity_user_id_index\` on \`identity\` (\`user_id\`);`)

    this.addSql(
      `create table \`invitation\` (\`id\` integer not null primary key autoincrement, \`team_id\` integer not null, \`role\` text not null, \`note\` text not null, \`secret_hash\` text not null, \`created_by\` integer not null, \`created_at\` datetime not null, \`expires_at\` datetime not null, \`used_at\` datetime null, \`used_by\` integer null, \`revoked_at\` datetime null);`,
    )
    this.addSql(`create index \`invitation_team_id_index\` on \`invitation\` (\`team_id\`);`)
    this.addSql(`create unique index \`invitation_secret_hash_unique\` on \`invitation\` (\`secret_hash\`);`)

    this.addSql(
      `create table \`membership\` (\`team_id\` integer not null, \`user_id\` integer not null, \`role\` text not null, \`since\` datetime not null, primary key (\`team_id\`, \`user_id\`));`,
    )
    this.addSql(`create index \`membership_user_id_index\` on \`membership\` (\`user_id\`);`)

    this.addSql(
      `create table \`passkey\` (\`id\` integer not null primary key autoincrement, \`user_id\` integer not null, \`name\` text not null, \`credential_id\` text not null, \`public_key\` text not null, \`counter\` integer not null, \`transports\` json not null, \`created_at\` datetime not null, \`last_used_at\` datetime null);`,
    )
    this.addSql(`create index \`passkey_user_id_index\` on \`passkey\` (\`user_id\`);`)
    this.addSql(`create unique index \`passkey_credential_id_unique\` on \`passkey\` (\`credential_id\`);`)

    this.addSql(
      `create table \`project\` (\`id\` integer not null primary key autoincrement, \`team_id\` integer not null, \`name\` text not null, \`visibility\` text not null default 'private', \`created_at\` datetime not null);`,
    )
    this.addSql(`create index \`project_visibility_index\` on \`project\` (\`visibility\`);`)
    this.addSql(`create unique index \`project_team_id_name_unique\` on \`project\` (\`team_id\`, \`name\`);`)

    this.addSql(
      `create table \`run_setting\` (\`run_id\` integer not null, \`name\` text not null, \`number\` double null, \`text\` text null, primary key (\`run_id\`, \`name\`));`,
    )
    this.addSql(
      `create index \`run_setting_name_number_run_id_index\` on \`run_setting\` (\`name\`, \`number\`, \`run_id\`);`,
    )
    this.addSql(
      `create index \`run_setting_name_text_run_id_index\` on \`run_setting\` (\`name\`, \`text\`, \`run_id\`);`,
    )

    this.addSql(
      `create table \`run_tag\` (\`run_id\` integer not null, \`tag\` text not null, primary key (\`run_id\`, \`tag\`));`,
    )
    this.addSql(`create index \`run_tag_tag_run_id_index\` on \`run_tag\` (\`tag\`, \`run_id\`);`)

    this.addSql(
      `create table \`share_link\` (\`id\` integer not null primary key autoincrement, \`secret_hash\` text not null, \`kind\` text not null, \`subject_id\` integer not null, \`team_id\` integer not null, \`note\` text not null, \`created_by\` integer not null, \`created_at\` datetime not null, \`expires_at\` datetime not null, \`revoked_at\` datetime null);`,
    )
    this.addSql(`create unique index \`share_link_secret_hash_unique\` on \`share_link\` (\`secret_hash\`);`)
    this.addSql(`create index \`share_link_team_id_index\` on \`share_link\` (\`team_id\`);`)

    this.addSql(
      `create table \`study\` (\`id\` integer not null primary key autoincrement, \`project_id\` integer not null, \`name\` text not null, \`notes\` text not null default '', \`created_by\` integer not null, \`created_at\` datetime not null);`,
    )
    this.addSql(`create index \`study_project_id_index\` on \`study\` (\`project_id\`);`)

    this.addSql(
      `create table \`study_group\` (\`study_id\` integer not null, \`group_id\` integer not null, \`label\` text not null default '', \`place\` integer not null default 0, primary key (\`study_id\`, \`group_id\`));`,
    )

    this.addSql(
      `create table \`team\` (\`id\` integer not null primary key autoincrement, \`slug\` text not null, \`name\` text not null, \`created_at\` datetime not null);`,
    )
    this.addSql(`create unique index \`team_slug_unique\` on \`team\` (\`slug\`);`)

    this.addSql(
      `create table \`token\` (\`id\` integer not null primary key autoincrement, \`secret_hash\` text not null, \`beginning\` text not null, \`user_id\` integer not null, \`name\` text not null, \`scopes\` json not null, \`project_id\` integer null, \`created_by\` integer not null, \`created_at\` datetime not null, \`expires_at\` datetime null, \`last_used_at\` datetime null, \`revoked_at\` datetime null);`,
    )
    this.addSql(`create unique index \`token_secret_hash_unique\` on \`token\` (\`secret_hash\`);`)
    this.addSql(`create index \`token_user_id_index\` on \`token\` (\`user_id\`);`)

    this.addSql(
      `create index \`metric_summary_metric_last_run_id_index\` on \`metric_summary\` (\`metric\`, \`last\`, \`run_id\`);`,
    )
    this.addSql(
      `create index \`metric_summary_metric_min_run_id_index\` on \`metric_summary\` (\`metric\`, \`min\`, \`run_id\`);`,
    )
    this.addSql(
      `create index \`metric_summary_metric_max_run_id_index\` on \`metric_summary\` (\`metric\`, \`max\`, \`run_id\`);`,
    )

    this.addSql(`alter table \`run\` add column \`project_id\` integer not null default 1;`)
    this.addSql(`alter table \`run\` add column \`created_by\` integer null;`)
    this.addSql(`alter table \`run\` add column \`notes\` text not null default '';`)
    this.addSql(`alter table \`run\` add column \`pinned\` integer not null default false;`)
    this.addSql(`alter table \`run\` add column \`trashed_at\` datetime null;`)
    this.addSql(`alter table \`run\` add column \`architecture_hash\` text null;`)
    this.addSql(`create index \`run_project_id_index\` on \`run\` (\`project_id\`);`)
    this.addSql(`create index \`run_architecture_hash_index\` on \`run\` (\`architecture_hash\`);`)

    this.addSql(`alter table \`run_group\` add column \`project_id\` integer not null default 1;`)
    this.addSql(`alter table \`run_group\` add column \`created_by\` integer null;`)
    this.addSql(`create index \`run_group_project_id_index\` on \`run_group\` (\`project_id\`);`)

    this.addSql(`alter table \`session\` add column \`program\` text not null default '';`)
    this.addSql(`alter table \`session\` add column \`last_seen_at\` datetime null;`)

    this.addSql(`alter table \`user\` add column \`email\` text null;`)
    this.addSql(`alter table \`user\` add column \`password_hash\` text null;`)
    this.addSql(`alter table \`user\` add column \`service_of\` integer null;`)
    this.addSql(`alter table \`user\` add column \`disabled_at\` datetime null;`)
    this.addSql(`create unique index \`user_email_unique\` on \`user\` (\`email\`);`)
    this.addSql(`create index \`user_service_of_index\` on \`user\` (\`service_of\`);`)

    const now = Date.now()
    this.addSql(`insert into team (id, slug, name, created_at) values (1, 'first', 'First team', ${now});`)
    this.addSql(
      `insert into project (id, team_id, name, visibility, created_at) values (1, 1, 'main', 'private', ${now});`,
    )
    this.addSql(`insert into membership (team_id, user_id, role, since) select 1, id, 'owner', ${now} from user;`)
    this.addSql(`
      insert into run_setting (run_id, name, number, text)
      select run.id, s.key,
        case when s.type in ('integer', 'real', 'true', 'false') then cast(s.atom as real) end,
        case when s.type = 'text' then s.atom end
      from run, json_each(run.settings) s where s.type in ('integer', 'real', 'true', 'false', 'text');`)

    // What was written into the audit log stays as it was written.
    for (const change of ['update', 'delete'])
      this.addSql(`
        create trigger audit_entry_no_${change} before ${change} on audit_entry
        begin select raise(abort, 'The audit log is only appended to'); end;`)
  }
}

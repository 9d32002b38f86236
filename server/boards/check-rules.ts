// Rules of a board as they come in: refused at the field, with the rule.
import { boardRulesSchema, namedFigures, FACTS, type BoardRules } from '@cellboard/schema/board-rules'
import { nearestNames } from '@cellboard/schema/nearest'
import { badInput, type FieldProblem } from '../errors.js'
import type { Context } from '../graphql/context.js'
import { findProject } from '../projects/project.resolver.js'
import { rows } from '../store/orm.js'
import { givenRules, type BoardRulesInput } from './rules.type.js'

/** Metrics that the viewer's teams have logged are looked up for at most so many names. */
const MOST_NAMES = 500

/** @throws BAD_USER_INPUT with each problem at its field; NOT_FOUND for a project to enter from that is not seen or not of the team */
export async function checkRules(
  context: Pick<Context, 'em' | 'rights'>,
  input: BoardRulesInput,
  teamId: number,
): Promise<BoardRules> {
  const { data, error } = boardRulesSchema.safeParse(givenRules(input))
  if (error) refuse(error.issues.map(({ path, message }) => ({ path: ['rules', ...path].join('.'), message })))
  const rules = data
  const unknown = await unknownMetrics(context, rules)
  if (unknown.length > 0) refuse(unknown)
  if (rules.autoProject !== null) {
    const project = await findProject(context, rules.autoProject)
    if (project.teamId !== teamId)
      refuse([{ path: 'rules.autoProject', message: 'Expected a project of the team whose board it is.' }])
    if (rules.subject === 'study')
      refuse([
        {
          path: 'rules.autoProject',
          message: 'Expected studies to be entered by people: a study never finishes by itself.',
        },
      ])
  }
  return rules
}

function refuse(problems: FieldProblem[]): never {
  throw badInput(problems.map(({ message }) => message).join(' '), problems)
}

/** A name that no run has logged is a slip of the pen, unless nothing was logged at all so far. */
async function unknownMetrics(
  { em, rights }: Pick<Context, 'em' | 'rights'>,
  rules: BoardRules,
): Promise<FieldProblem[]> {
  const projects = rights.projects
  if (projects.length === 0) return []
  const places = projects.map(() => '?').join(', ')
  const found = await rows<{ metric: string }>(
    em,
    `select distinct metric from metric_summary where run_id in (select id from run where project_id in (${places})) limit ?`,
    [...projects, MOST_NAMES],
  )
  const known = found.map(({ metric }) => metric)
  if (known.length === 0 || known.length === MOST_NAMES) return []
  const all = new Set([...known, ...FACTS])
  return [...new Set(namedFigures(rules).map(({ name }) => name))]
    .filter((name) => !all.has(name))
    .map((name) => {
      const nearest = nearestNames(name, [...all])
      const meant =
        nearest.length > 0
          ? ` Did you mean ${nearest.join(' or ')}?`
          : ` Known are ${[...all].slice(0, 20).join(', ')}.`
      return { path: 'rules', message: `Expected a metric that runs log, but none of yours has "${name}".${meant}` }
    })
}

// The one permission table: who may ask for every field of every type. What it does not name is refused, and named by
// test/contract/permissions.test.ts. Beyond it, no row is handed out that its asker may not see (sees.ts).
import { inRole, may, open, person, reads, sees, session, within, type FieldRules } from './rules.js'

/** By `Type` and `field`; fields of an interface stand there once for all its types. */
export const PERMISSIONS: Readonly<Record<string, FieldRules>> = {
  Query: {
    ...open('viewer server'),
    ...reads('node run runs group groups spaces datasets publishedGenotypes trainingDatasets'),
    ...person('read', 'previewSearch previewTraining'),
  },
  Mutation: {
    ...open('signIn signOut'),
    startSearch: may('run', 'member', 'project', 'project'),
    startTraining: may('run', 'member', 'project', 'project'),
    startRandomBaseline: may('run', 'member', 'group', 'group'),
    cancelRun: may('run', 'member', 'run', 'id'),
    pauseRun: may('run', 'member', 'run', 'id'),
    resumeRun: may('run', 'member', 'run', 'id'),
  },
  Subscription: {
    ...reads('runChanged'),
    runFeed: sees('run', 'runs'),
  },

  // People
  Viewer: within('id name'),
  SignInPayload: within('token viewer'),
  ServerInfo: within('version backend'),

  // Runs
  Node: within('id'),
  Run: within(
    'name kind state failure createdAt startedAt finishedAt progress settings seed lastNumber events metrics series files group becoming cost',
  ),
  RunConnection: within('edges pageInfo totalCount'),
  RunEdge: within('cursor node'),
  PageInfo: within('hasNextPage endCursor'),
  Failure: within('code message hint'),
  Progress: within('done total preparing etaSeconds'),
  Cost: within('seconds device'),
  RunFile: within('name bytes mediaType url'),
  RunGroup: within('name createdAt kind runs aggregate cost series method genotypes randomBaseline baselineOf'),
  RunGroupConnection: within('edges pageInfo totalCount'),
  RunGroupEdge: within('cursor node'),
  Aggregate: within('mean deviation n'),
  BandSeries: within('name x mean min max runs'),
  FoundGenotype: within('genotype seeds'),

  // Events and metrics
  EventConnection: within('edges pageInfo'),
  EventEdge: within('cursor node'),
  EventPageInfo: within('hasNextPage endCursor'),
  LoggedEvent: within('run number time type data'),
  MetricSummary: within('name count last lastStep min minStep max maxStep'),
  Series: within('name x min max last counts bucketed lastNumber'),
  FeedFrame: within('cursors events points progress'),
  RunCursor: within('run number'),
  PointColumns: within('run metric steps values'),
  RunProgress: within('run progress'),

  // Searches
  Search: within(
    'method backend stages clusterings depths collapse stops candidates genotype genotypeHistory space dataset trainings',
  ),
  Backend: within('name version device note'),
  Stage: within('index state cells channels epochs epochsDone parameters edges'),
  Edge: within('cell from to candidates shareHistory'),
  Candidate: within('operator share chosen'),
  OperatorShares: within('epoch shares'),
  Clustering: within('cell origin clusters correlation linkage cut'),
  OperatorCluster: within('operators representative'),
  CorrelationMatrix: within('operators rho unseen images edges'),
  Merge: within('left right height'),
  ClusterCut: within('rule height scores'),
  CutScore: within('clusters silhouette'),
  StageDepth: within('stage cells origin confusion'),
  ConfusionMeasure: within('network cells minCosine minInnerProduct lowCosine negativeShare pairs matched'),
  CollapseReport: within('verdict stage since reasons history'),
  CollapseMeasure: within('stage epoch step skips edges noneShare entropy eigenvalue verdict'),
  EarlyStop: within('stage epoch rule reason kept'),
  TrainedCandidate: within('number of genotype parameters validationAccuracy seconds best'),
  Genotype: within('space normal reduction text'),
  GenotypeNode: within('edges'),
  GenotypeEdge: within('operator from'),
  GenotypeAt: within('stage epoch genotype'),
  SearchSpace: within(
    'name title network cellKinds inputs nodes keep candidates edges clusters cells singleCells channels minCells',
  ),
  SpaceEdge: within('cell from to candidates'),
  Dataset: within('name title classes size channels train test source available folder'),
  SearchPreview: within('stages steps memoryMB seconds problems'),
  StagePreview: within('index cells channels parameters multiplyAdds'),
  SettingProblem: within('field message'),

  // Trainings
  Training: within('backend genotype dataset search parameters multiplyAdds classNames leftOut epochs stop result'),
  TrainingEpoch: within(
    'epoch step trainLoss trainAccuracy validationLoss validationAccuracy testLoss testAccuracy seconds',
  ),
  TrainingResult: within('epoch images accuracy loss best confusion mixedUp mistakes'),
  BestEpoch: within('epoch accuracy'),
  MixedUp: within('truth predicted images'),
  Mistake: within('index file truth predicted probability picture'),
  TrainingPreview: within('genotype parameters multiplyAdds steps memoryMB seconds problems'),
}

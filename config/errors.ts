import type { Finding, Refusal } from './language/refusal.ts'
import type { Language, Text } from './language/text.ts'

/**
 * Every fault a caller can cause: HTTP status, sentence and remedy in both languages. `{name}` is filled in.
 * Anything else is a bug: it is logged and answered with `fault`.
 */
export const problems = {
  notSignedIn: { status: 401, en: 'You are not signed in. Sign in and try again.', zh: '您尚未登录，请登录后重试。' },
  wrongCredentials: {
    status: 401,
    en: 'The email or the password is wrong. Check both, or ask the owner to set a new password.',
    zh: '邮箱或密码不正确，请核对后重试，或请负责人重设密码。',
  },
  accountLocked: {
    status: 401,
    en: 'Too many wrong passwords: this account is locked for some minutes. Wait, or ask the owner to unlock it.',
    zh: '密码错误次数过多，该账号已暂时锁定。请几分钟后重试，或请负责人解锁。',
  },
  keyUnknown: { status: 401, en: 'There is no such API key. Check it, or create another.', zh: '该 API 密钥不存在，请核对或重新创建。' },
  keyExpired: { status: 401, en: 'This API key has expired. Create another.', zh: '该 API 密钥已过期，请重新创建。' },
  keyRevoked: { status: 401, en: 'This API key was revoked, or the account it acts for is blocked. Create another.', zh: '该 API 密钥已吊销，或其代表的账号已停用，请重新创建。' },
  hookUnknown: { status: 401, en: 'There is no such door, or its secret or signature is wrong. Check the address, the secret and the clock.', zh: '地址不存在，或密钥、签名不正确。请核对地址、密钥和系统时间。' },
  personOnly: {
    status: 403,
    en: 'An API key does not change accounts, sessions or keys. Sign in as a person.',
    zh: 'API 密钥不能修改账号、会话或密钥，请以本人身份登录。',
  },
  accountLockedUntil: {
    status: 401,
    en: 'Too many wrong passwords: this account is locked until {time} UTC, {minutes} minutes from now. Wait, or ask the owner to unlock it.',
    zh: '密码错误次数过多，该账号锁定至 {time}（UTC），还有 {minutes} 分钟。请稍后重试，或请负责人解锁。',
  },
  notAllowed: { status: 403, en: 'Your roles do not allow this. Ask the owner for the right.', zh: '您的角色无权执行此操作，请联系负责人授权。' },
  forbidden: {
    status: 403,
    en: 'Your roles do not allow you to {action} {entity}. Ask the owner for the right.',
    zh: '您的角色无权对{entity}执行“{action}”，请联系负责人授权。',
  },
  hiddenField: {
    status: 403,
    en: 'Your roles do not let you see the field "{field}", so it cannot be filtered or sorted by.',
    zh: '您的角色无权查看字段“{field}”，不能按其筛选或排序。',
  },
  simulationHidden: {
    status: 403,
    en: 'Conditions may look at any field of {entity}, and your roles hide some from you: by trying one could find out what stands there. Ask someone who sees them all.',
    zh: '条件可能读取{entity}的任意字段，而您的角色无权查看其中部分字段，因此不能试运行。请由可查看全部字段的人员操作。',
  },
  simulationWithoutRight: {
    status: 403,
    en: 'None of the chosen roles has the right to “{event}”. Give one of them the right in its role, or choose another.',
    zh: '所选角色均无权执行“{event}”。请在角色中授予该权限，或选择其他角色。',
  },
  hiddenOnPaper: {
    status: 403,
    en: '{paper} shows "{field}" on paper, which your roles do not let you see. Ask the owner for the right, or someone who has it to print it.',
    zh: '打印的{paper}包含“{field}”，您的角色无权查看。请联系负责人授权，或请有权限的同事打印。',
  },
  notFound: {
    status: 404,
    en: 'There is no {entity} with the id "{id}". It may have been discarded.',
    zh: '找不到 id 为“{id}”的{entity}，可能已被删除。',
  },
  notThere: {
    status: 404,
    en: 'What you ask for is not there, or not yours to see. Check its id; it may have been discarded.',
    zh: '所请求的内容不存在，或您无权查看。请核对 id，可能已被删除。',
  },
  noSuchAddress: {
    status: 404,
    en: 'There is nothing at {method} {address}. docs/api.md tells the addresses.',
    zh: '{method} {address} 不存在，可用地址请见 docs/api.md。',
  },
  pageUnknown: { status: 404, en: 'There is no form at this address. Ask whoever gave it to you for the present one.', zh: '此地址没有表单，请向提供者索取最新地址。' },
  pageClosed: { status: 410, en: 'This form is not in use any more. Ask whoever gave you the address.', zh: '此表单已停用，请联系提供地址的人。' },
  approvalLinkUnknown: { status: 404, en: 'This is no link for an approval of ours, or a part of it is missing. Open it from the email once more, or sign in.', zh: '此链接不是有效的审批链接，或地址不完整。请从邮件中重新打开，或登录系统处理。' },
  approvalLinkExpired: { status: 410, en: 'This link was good for {days} days. Sign in to decide.', zh: '此链接有效期为 {days} 天，现已过期，请登录系统审批。' },
  approvalLinkUsed: { status: 410, en: 'There is nothing to decide by this link any more: it was decided, or others are asked. Sign in to see how it stands.', zh: '此链接已失效：审批已处理，或已转由他人处理。请登录系统查看。' },
  approvalLinkChanged: { status: 409, en: 'The content was changed after this link was sent, so it decides nothing. Whoever is asked now has got another; or sign in.', zh: '发送链接后内容已变更，此链接不再有效。请使用最新邮件中的链接，或登录系统处理。' },
  pageTooSoon: { status: 429, en: 'This came faster than anyone types. Wait {seconds} s, then send it again.', zh: '提交过快，请等待 {seconds} 秒后重试。' },
  pageExpired: { status: 409, en: 'The form was opened too long ago. Open it again and send it once more.', zh: '表单打开时间过长，请重新打开后再提交。' },
  pageSent: { status: 409, en: 'This form was sent already. Open it again for another entry.', zh: '此表单已提交，如需再次填写请重新打开。' },
  pageNotAccepted: { status: 422, en: 'This was not accepted, because a field was filled in that people do not see. Open the form again without automatic completion.', zh: '提交未被接受：填写了不可见的字段。请关闭自动填充后重新打开表单。' },
  pageFileTooLarge: { status: 413, en: 'A file may have {limit} MB here. Choose a smaller one.', zh: '此处文件不得超过 {limit} MB，请选择较小的文件。' },
  pageFilesTooMany: { status: 429, en: 'At most {limit} files belong to one form. Send it, or open it again.', zh: '每份表单最多 {limit} 个文件，请先提交，或重新打开表单。' },
  pageFilesFull: { status: 503, en: 'Too many files wait here at the moment. Try again later, or send the form without the file.', zh: '当前等待处理的文件过多，请稍后重试，或不带文件提交。' },
  pageTooLarge: { status: 413, en: 'This is more than {limit} kB. Shorten the texts.', zh: '内容超过 {limit} kB，请缩短文本。' },
  workflowUnfinished: { status: 409, en: 'The draft of this workflow cannot run yet. Mend what is found at its states first.', zh: '该流程草稿尚不能运行，请先处理各状态处的问题。' },
  otherWorkflowVersion: { status: 409, en: 'Version {version} of this workflow is published by now. Look at its documents again, then plan anew.', zh: '该流程当前发布的是版本 {version}，请重新查看单据后再制定迁移计划。' },
  migrationOpen: { status: 409, en: 'The former migration of these documents was neither confirmed nor taken back. Decide on it first.', zh: '上一次迁移尚未确认，也未撤回，请先处理。' },
  nothingToMove: { status: 409, en: 'No document would move by this plan. Say for the states in which documents stand where they go.', zh: '按此方案没有单据会迁移。请为单据当前所处的状态指定去向。' },
  migrationNotOpen: { status: 409, en: 'This migration is still running, or was decided on already. Reload to see how it stands.', zh: '该迁移仍在进行，或已处理完毕，请刷新查看。' },
  nothingComputed: { status: 409, en: 'No rule of the form of {entity} computes a field, so there is nothing to compute anew.', zh: '{entity}的表单没有计算字段，无需重新计算。' },
  unknownEntity: { status: 404, en: 'There is no entity "{entity}".', zh: '不存在实体“{entity}”。' },
  unknownField: {
    status: 400,
    en: '"{field}" is not a field of {entity}. Known fields: {known}.',
    zh: '“{field}”不是{entity}的字段。可用字段：{known}。',
  },
  commandsOnly: {
    status: 405,
    en: '{entity} are changed by commands only: create, edit, discard or sendEvent.',
    zh: '{entity}只能通过命令修改：create、edit、discard 或 sendEvent。',
  },
  locked: {
    status: 423,
    en: 'Someone else is editing this right now; nothing was changed. Wait until they have finished, then try again.',
    zh: '他人正在编辑此内容，本次未做任何更改。请等对方完成后重试。',
  },
  invalidInput: { status: 422, en: 'The input has {problems}: {first}', zh: '输入有 {problems}：{first}' },
  refused: { status: 409, en: '{first}', zh: '{first}' },
  versionConflict: {
    status: 409,
    en: 'Someone changed this {entity} meanwhile (version {current}, you saw {expected}). Reload, then repeat your change.',
    zh: '该{entity}已被他人修改（当前版本 {current}，您看到的是 {expected}）。请刷新后重新修改。',
  },
  idempotencyMismatch: {
    status: 409,
    en: 'The idempotency key "{key}" was used for another request. Use a new key for a new request.',
    zh: '幂等键“{key}”已用于另一请求，新请求请使用新的键。',
  },
  busy: {
    status: 503,
    en: 'Too many people are changing the same records right now; nothing was changed. Try again in a moment.',
    zh: '当前有较多人同时修改相同记录，本次未做任何更改，请稍后重试。',
  },
  databaseAway: {
    status: 503,
    en: 'The database does not answer right now; nothing was changed. Try again in a moment.',
    zh: '数据库暂时没有响应，本次未做任何更改，请稍后重试。',
  },
  databaseHeld: {
    status: 503,
    en: 'Another program holds the database file; nothing was changed. Try again in a moment; if it stays so, ask the operator to end that program.',
    zh: '数据库文件被其他程序占用，本次未做任何更改，请稍后重试。若持续如此，请管理员关闭该程序。',
  },
  diskFull: {
    status: 507,
    en: 'The disk of the platform is full; nothing was changed. Ask the operator to make room, then try again.',
    zh: '系统磁盘已满，本次未做任何更改。请管理员腾出空间后重试。',
  },
  outcomeUnknown: {
    status: 502,
    en: 'The database stopped answering in the middle of this, so it may or may not be done. Look, or send it again with the same Idempotency-Key.',
    zh: '处理过程中数据库停止响应，操作可能已完成，也可能未完成。请先查看，或使用相同的 Idempotency-Key 重发。',
  },
  staleRevision: {
    status: 503,
    en: 'The configuration is being replaced by a newer one; nothing was changed. Try again in a few seconds.',
    zh: '系统配置正在更新，本次未做任何更改，请几秒后重试。',
  },
  oldClient: {
    status: 409,
    en: 'This client was made for configuration {made}; configuration {number} is in use. {first} Make the client again (npm run types) and look at what has changed.',
    zh: '该客户端基于配置版本 {made} 生成，当前为版本 {number}。{first}请重新生成客户端（npm run types）并核对变更。',
  },
  unknownClient: {
    status: 409,
    en: 'This client was made for another version of Trellis. Make it again (npm run types).',
    zh: '该客户端由其他版本的 Trellis 生成，请重新生成（npm run types）。',
  },
  noPublisher: {
    status: 409,
    en: 'This process runs by itself (development), so no other can take over from it. Publish where the platform was started with npm run up or npm start.',
    zh: '当前进程独立运行（开发模式），无法切换到新配置。请在通过 npm run up 或 npm start 启动的系统中发布。',
  },
  nothingToPublish: {
    status: 409,
    en: 'Nothing differs from what is published. Change something first.',
    zh: '当前草稿与已发布的配置一致，无需发布。',
  },
  publishing: {
    status: 409,
    en: 'Revision {number} is being published. Wait until it serves, then publish again.',
    zh: '配置版本 {number} 正在发布，请待其生效后再发布。',
  },
  revisionBase: {
    status: 409,
    en: 'Revision {current} was published meanwhile, and this one builds on {base}. Load the current one, make the change again and publish.',
    zh: '期间已发布版本 {current}，而本次修改基于版本 {base}。请重新加载当前配置，再次修改后发布。',
  },
  printingBusy: {
    status: 503,
    en: 'Too many papers are being printed right now. Try again in a moment.',
    zh: '当前打印任务过多，请稍后重试。',
  },
  badRequest: { status: 400, en: '{reason}', zh: '{reason}' },
  malformedAddress: {
    status: 400,
    en: 'The address is not percent-encoded correctly. Write each % as %25, and encode other characters as UTF-8.',
    zh: '地址的百分号编码不正确。请将 % 写作 %25，其他字符按 UTF-8 编码。',
  },
  malformedJson: {
    status: 400,
    en: 'The body is not valid JSON. Send an object like {"query": "…", "variables": {}}.',
    zh: '请求正文不是有效的 JSON。请发送形如 {"query": "…", "variables": {}} 的对象。',
  },
  malformedText: {
    status: 400,
    en: 'The body is not UTF-8, or holds half a character (like \\ud800). Send whole characters in that encoding.',
    zh: '请求正文不是 UTF-8 编码，或含有不完整的字符（如 \\ud800）。请以 UTF-8 发送完整的字符。',
  },
  malformedForm: {
    status: 415,
    en: 'A form holds one field, "_payload", with JSON, and no files. Send JSON as application/json, and files to /uploads.',
    zh: '表单只能包含一个字段“_payload”，内容为 JSON，且不得含文件。请以 application/json 发送 JSON，文件请上传至 /uploads。',
  },
  tooManyParameters: {
    status: 400,
    en: 'The address has more than {limit} parameters. Ask for less at once.',
    zh: '地址中的参数超过 {limit} 个，请分批查询。',
  },
  methodOverride: {
    status: 400,
    en: 'A question that is sent as POST is written as a form: Content-Type: application/x-www-form-urlencoded.',
    zh: '以 POST 方式发送查询时，请使用表单格式：Content-Type: application/x-www-form-urlencoded。',
  },
  queryTooLarge: {
    status: 400,
    en: 'The GraphQL request asks for {is} {what}; the most is {limit}. {remedy}',
    zh: 'GraphQL 请求的{what}为 {is}，上限为 {limit}。{remedy}',
  },
  introspection: {
    status: 401,
    en: 'The schema (__schema, __type) is shown only to those who are signed in. Sign in and ask again.',
    zh: '仅登录后可查询 schema（__schema、__type），请登录后重试。',
  },
  tooDeep: {
    status: 400,
    en: 'The body nests deeper than {limit} levels. Send it flatter.',
    zh: '请求正文嵌套超过 {limit} 层，请减少层级。',
  },
  badQuery: {
    status: 400,
    en: 'The GraphQL request cannot be run: {reason} Compare it with the schema.',
    zh: 'GraphQL 请求无法执行：{reason} 请对照 schema 修改。',
  },
  fault: {
    status: 500,
    en: 'Something went wrong on our side. Try again; if it happens again, tell whoever runs Trellis the time, {at}: the log says more.',
    zh: '系统内部出错，请重试。若再次出现，请将时间 {at} 告知系统管理员，日志中有详细信息。',
  },
} as const satisfies Record<string, { status: number } & Text>

export type ProblemCode = keyof typeof problems

export type Problem = {
  readonly code: ProblemCode
  readonly status: number
  readonly message: Text
  /** One entry a field or rule, so that a screen can show each at its place. */
  readonly findings?: readonly Finding[]
  readonly refusals?: readonly Refusal[]
}

/** Parameters are texts, or numbers, or texts in both languages. */
export type ProblemParameters = Readonly<Record<string, string | number | Text>>

export function problem(
  code: ProblemCode,
  parameters: ProblemParameters = {},
  more: { findings?: readonly Finding[]; refusals?: readonly Refusal[] } = {},
): Problem {
  const { status, en, zh } = problems[code]
  return { code, status, message: { en: fill(en, parameters, 'en'), zh: fill(zh, parameters, 'zh') }, ...more }
}

/** Replaces `{name}` in a sentence; unknown names stay as they are. */
export function fill(sentence: string, parameters: ProblemParameters, language: Language): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name]
    if (value === undefined) return whole
    return typeof value === 'object' ? value[language] : String(value)
  })
}

/** Reports of any number of cases in every format, with little beside the cases; made while they are read. */

/** One case in ten fails, with a message; cases come in hundreds that share a suite and a class. */
export interface LargeReport {
  format: string;
  chunks: (cases: number) => Generator<Buffer>;
}

const suiteOf = (n: number) => `suite.${Math.floor(n / 100)}`;
const classOf = (n: number) => `com.example.Suite${Math.floor(n / 100)}`;
const nameOf = (n: number) => `case ${n % 100} née`;
const fails = (n: number) => n % 10 === 0;

/** Joins what `write` makes of the cases from 0 on, a hundred at a time. */
function* inHundreds(
  cases: number,
  write: (n: number) => string,
  [before, after]: readonly [before: (n: number) => string, after: string],
): Generator<Buffer> {
  for (let start = 0; start < cases; start += 100) {
    const written = Array.from({ length: 100 }, (_, n) => write(start + n));
    yield Buffer.from(`${before(start)}${written.join('\n')}${after}\n`);
  }
}

const bare = [() => '', ''] as const;

function* junit(cases: number) {
  yield Buffer.from('<?xml version="1.0"?>\n<testsuites>');
  const write = (n: number) =>
    fails(n)
      ? `<testcase classname="${classOf(n)}" name="${nameOf(n)}"><failure message="expected ${n}"/></testcase>`
      : `<testcase classname="${classOf(n)}" name="${nameOf(n)}" time="0.01"/>`;
  yield* inHundreds(cases, write, [(n) => `<testsuite name="${suiteOf(n)}">`, '</testsuite>']);
  yield Buffer.from('</testsuites>');
}

/** Ids without any order, as hashes of names are. */
function trxId(n: number): string {
  const hash = (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  return `${hash}-${hash.slice(4)}-${hash.slice(0, 4)}-0000-0000${hash}`;
}

const trxResult = (n: number) =>
  `<UnitTestResult testId="${trxId(n)}" testName="${nameOf(n)}" ${
    fails(n)
      ? `outcome="Failed"><Output><ErrorInfo><Message>expected ${n}</Message></ErrorInfo></Output></UnitTestResult>`
      : 'outcome="Passed"/>'
  }`;
const trxDefinition = (n: number) =>
  `<UnitTest id="${trxId(n)}"><TestMethod className="${classOf(n)}" name="m"/></UnitTest>`;

/** As runners write it, with the classes behind all results. */
function* trx(cases: number) {
  yield Buffer.from(
    '<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>',
  );
  yield* inHundreds(cases, trxResult, bare);
  yield Buffer.from('</Results><TestDefinitions>');
  yield* inHundreds(cases, trxDefinition, bare);
  yield Buffer.from('</TestDefinitions><ResultSummary outcome="Failed"/></TestRun>');
}

function* xunit(cases: number) {
  yield Buffer.from('<assemblies><assembly name="a.dll">');
  const write = (n: number) =>
    `<test name="${nameOf(n)}" type="${classOf(n)}" time="0.1" ${
      fails(n)
        ? `result="Fail"><failure><message><![CDATA[expected ${n}]]></message></failure></test>`
        : 'result="Pass"/>'
    }`;
  yield* inHundreds(cases, write, [(n) => `<collection name="${suiteOf(n)}">`, '</collection>']);
  yield Buffer.from('</assembly></assemblies>');
}

function* nunit(cases: number) {
  yield Buffer.from('<test-run result="Failed"><test-suite type="Assembly" result="Failed">');
  const write = (n: number) =>
    `<test-case name="${nameOf(n)}" classname="${classOf(n)}" ${
      fails(n)
        ? `result="Failed"><failure><message>expected ${n}</message></failure></test-case>`
        : 'result="Passed"/>'
    }`;
  const before = (n: number) =>
    `<test-suite type="TestFixture" fullname="${suiteOf(n)}" result="Failed" site="Child">`;
  yield* inHundreds(cases, write, [before, '</test-suite>']);
  yield Buffer.from('</test-suite></test-run>');
}

function* ctrf(cases: number) {
  yield Buffer.from('{"results": {"tool": {"name": "x"}, "tests": [\n');
  const write = (n: number) =>
    JSON.stringify({
      name: nameOf(n),
      status: fails(n) ? 'failed' : 'passed',
      duration: 12,
      suite: ['all', suiteOf(n)],
      filePath: classOf(n),
      ...(fails(n) && { message: `expected ${n}` }),
    }) + (n === cases - 1 ? '' : ',');
  yield* inHundreds(cases, write, bare);
  yield Buffer.from(']}}');
}

export const largeReports: readonly LargeReport[] = [
  { format: 'junit', chunks: junit },
  { format: 'trx', chunks: trx },
  { format: 'xunit', chunks: xunit },
  { format: 'nunit', chunks: nunit },
  { format: 'ctrf', chunks: ctrf },
];

// Messages and files that failed in other products, each through the whole system: whose study it is, what a text says,
// what a decoder does that never comes back. They are read from the folder beside the project where it is laid out, else
// from the copies in local/cases. Files that begin with 1- go first, then, when the queues are empty, those with 2-.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { root } from './stack.mjs';

const beside = join(root, '../shared/cases');
const laid = existsSync(beside);
const folder = laid ? beside : join(root, 'local/cases');

const birth = '1958-03-07';
const wrong = '1958-07-03';

/** What people type for 7H0K01XW20Q1V9MB4T8C. */
const typed = [
  '7h0k01xw20q1v9mb4t8c',
  '7H0K 01XW 20Q1 V9MB 4T8C',
  '7HOKO1XW2OQ1V9MB4T8C',
  '7H0K0IXW20QlV9MB4T8C',
  '7H0K–01XW–20Q1–V9MB–4T8C',
  '7H0K01XW20Q1V9MB4T8C\t',
  '7H0K\u200b01XW\u200b20Q1V9MB4T8C',
  '7H0K\u202f01XW\u202f20Q1\u202fV9MB\u202f4T8C',
  '７Ｈ０Ｋ０１ＸＷ２０Ｑ１Ｖ９ＭＢ４Ｔ８Ｃ',
];

/** An order for a file that came without one. */
const orders = {
  'h01-jpeg2000-spins': {
    type: 'order', accession: 'H01', placedAt: '2026-11-20T08:15:00Z',
    patient: { id: 'P-H01', issuer: 'NOORD', familyName: 'Peeters', givenName: 'An', birthDate: birth },
    reference: { number: 'H01SPX7Q4W9ZK2MV8RNB', verification: 'date-of-birth' },
  },
};

function message(name, file) {
  const local = orders[name];
  return local ?? JSON.parse(readFileSync(join(folder, name, file), 'utf8'));
}

const number = (name, file = 'order.json') => message(name, file).reference.number;

export function cases(stack) {
  const aws = (who, s3, ...words) => stack.aws(who, s3, 's3', ...words);

  async function opened(reference, dateOfBirth = birth) {
    const answer = await stack.login(reference, dateOfBirth);
    assert.deepEqual(await answer.json(), { next: 'open' });
    const headers = { cookie: answer.headers.get('set-cookie').split(';')[0] };
    const get = (path) => stack.json(path, { headers });
    const { studies } = await get('/api/studies');
    const manifests = await Promise.all(studies.map(({ id }) => get(`/api/studies/${id}`)));
    return { get, studies, manifests };
  }

  async function refused(reference, dateOfBirth) {
    const answer = await stack.login(reference, dateOfBirth);
    assert.equal(answer.status, 401, 'opens nothing');
    assert.equal((await answer.json()).code, 'combination-incorrect');
  }

  /** The one study that a number opens, with how many pictures its series have. */
  async function only(reference, dateOfBirth) {
    const { get, studies, manifests } = await opened(reference, dateOfBirth);
    assert.equal(studies.length, 1, 'one study');
    return { get, study: studies[0], manifest: manifests[0], counts: manifests[0].series.map(({ instances }) => instances) };
  }

  async function noord() {
    const { departments, s3 } = await stack.json('/local/config.json');
    return { department: departments.find(({ id }) => id === 'noord'), s3 };
  }

  async function receipts(accession) {
    const { department, s3 } = await noord();
    const into = join(stack.folder, 'receipts');
    const read = aws(department, s3, 'cp', '--recursive', `s3://${s3.receipts}/receipts/${department.id}/`, into);
    assert.equal(read.status, 0, read.stderr);
    return readdirSync(into).map((file) => JSON.parse(readFileSync(join(into, file), 'utf8')))
      .filter(({ about }) => about.accession?.toUpperCase() === accession.toUpperCase()); // letter case is no difference here
  }

  async function told(accession, code) {
    const codes = (await receipts(accession)).map((receipt) => receipt.code);
    assert.ok(codes.includes(code), `${accession} is told ${code}: ${codes}`);
  }

  const described = async (name) => (await only(number(name))).manifest.series[0].description;

  describe('cases that failed elsewhere', { skip: process.env.STUDYGATE !== undefined }, () => {
    before(async () => {
      console.log(laid ? `# cases of ${beside}` : '# no folder ../shared/cases: the copies in local/cases are tried');
      const names = readdirSync(folder).filter((name) => /^[oth]\d/.test(name));
      const waves = new Map();
      for (const name of names) {
        for (const file of readdirSync(join(folder, name)).filter((one) => !one.endsWith('.png'))) {
          const wave = /^(\d)-/.exec(file)?.[1] ?? '1';
          const into = join(stack.folder, 'cases', wave, name);
          mkdirSync(into, { recursive: true });
          cpSync(join(folder, name, file), join(into, file));
          waves.set(wave, join(stack.folder, 'cases', wave));
        }
        if (orders[name]) writeFileSync(join(stack.folder, 'cases', '1', name, 'order.json'), JSON.stringify(orders[name]));
      }
      const { department, s3 } = await noord();
      for (const wave of [...waves.keys()].sort()) {
        const sent = aws(department, s3, 'cp', '--recursive', waves.get(wave), `s3://${s3.inbox}/in/${department.id}/cases/`);
        assert.equal(sent.status, 0, sent.stderr);
        await stack.quiet();
      }
      await stack.post('/local/clock', { advance: 'PT10M' }); // a study without a done message is complete when it is quiet
      await stack.quiet();
      await stack.until('completion', async () => (await stack.login(number('o09-count-too-high', 'a.json'), birth)).text().then((text) => text.includes('open')), 60);
    });

    test('o01 an accession used again for another patient: each sees his own, or the hospital is told', async () => {
      const { study } = await only(number('o01-accession-again', '1-a.json'));
      assert.equal(study.patient.name, 'An Peeters');
      await refused(number('o01-accession-again', '2-b.json'), '1985-09-14');
      await told('2511', 'accession-other-patient');
    });

    test('o02 the same without ids: another birth date is another patient', async () => {
      await refused(number('o02-accession-again-no-id', '2-b.json'), '1985-09-14');
      await told('2512', 'accession-other-patient');
      await refused(number('o02-accession-again-no-id', '1-a.json'), birth); // valid for a month from September on
    });

    test('o03 a merged patient: the order has the new id, the files the old one', async () => {
      await only(number('o03-merged', '2-b.json'));
    });

    test('o04 a corrected birth date: only that opens', async () => {
      await refused(number('o04-birth-corrected', '2-b.json'), wrong);
      await only(number('o04-birth-corrected', '2-b.json'));
    });

    test('o05 an older order that comes late changes nothing', async () => {
      await refused(number('o05-old-order-late', '1-a.json'), wrong);
      await only(number('o05-old-order-late', '1-a.json'));
    });

    for (const [name, mobile] of [['o07-trunk-zero', '+32470123407'], ['o08-national', '+32470123408']]) {
      test(`${name}: the code goes to ${mobile}`, async () => {
        const answer = await (await stack.login(number(name, 'a.json'), birth)).json();
        assert.equal(answer.next, 'otp');
        await stack.until('the code', async () => await stack.sent(mobile) === 1, 5);
      });
    }

    test('o09 an instance that never comes: the others are shown', async () => {
      assert.deepEqual((await only(number('o09-count-too-high', 'a.json'))).counts, [2]);
    });

    test('o10 twins: each number opens its own study', async () => {
      const one = await only(number('o10-twins', 'a.json'), '2019-03-02');
      const other = await only(number('o10-twins', 'b.json'), '2019-03-02');
      assert.notEqual(one.study.id, other.study.id);
    });

    test('o11 a number as people type it', async () => {
      assert.equal(number('o11-typed', 'a.json'), '7H0K01XW20Q1V9MB4T8C');
      for (const text of typed) await only(text);
    });

    test('o12 an order without its reference: the letter is withdrawn', async () => {
      await refused(number('o12-cancelled', '1-a.json'), birth);
    });

    test('o13 a final report replayed after its correction: the correction stands', async () => {
      const { get, study } = await only(number('o13-report-replayed', '1-a.json'));
      const { state, text } = await get(`/api/studies/${study.id}/report`);
      assert.deepEqual({ state, text }, { state: 'corrected', text: 'verbeterd' });
    });

    test('o14 one SOP instance UID in two series: both are shown', async () => {
      assert.deepEqual((await only(number('o14-one-sop-two-series', 'a.json'))).counts, [1, 1]);
    });

    test('o15 a slice after the done message: both are shown', async () => {
      assert.deepEqual((await only(number('o15-late-slice', '1-a.json'))).counts, [2]);
    });

    test('o16 a birth date of which only the year is known: refused by name', async () => {
      await refused(number('o16-year-only', 'a.json'), '1958-01-01');
      await told('PC-o16-year-only', 'birth-date-partial');
    });

    test('o17 a report that the order keeps back: pictures only', async () => {
      const { get, study, manifest, counts } = await only(number('o17-pdf-kept-back', 'a.json'));
      assert.deepEqual(counts, [1]);
      assert.equal(study.hasReport, false);
      assert.equal(manifest.report ?? null, null);
      assert.equal((await get(`/api/studies/${study.id}/report`)).status, 404);
    });

    test('o18 a slice of another patient is held back, the other is shown, the hospital is told', async () => {
      assert.deepEqual((await only(number('o18-mixed-patients', 'a.json'))).counts, [1]);
      await told('PC-o18-mixed-patients', 'instance-other-patient');
    });

    test('t01 to t05 a text is readable or says that it is not, whatever the file says of its character set', async () => {
      assert.equal(await described('t01-iso-ir-192'), 'Schädel nativ');
      assert.equal(await described('t02-gb18030-and'), '胸部正位');
      assert.equal(await described('t03-ir-87'), '胸部 AP');
      assert.match(await described('t04-utf8-untold'), /^Sch(ä|\ufffd+)del nativ$/);
      assert.match(await described('t05-latin1-as-utf8'), /^Sch(ä|\ufffd+)del nativ$/);
    });

    test('t06, t07 a date of old archives is read, and none is made up', async () => {
      assert.equal((await only(number('t06-date-dots'))).study.date, '2026-11-20');
      assert.equal((await only(number('t07-no-date'))).study.date ?? null, null);
    });

    test('h01 a decoder that never comes back: listed without a picture, and nothing goes on burning', async () => {
      const { get, study, manifest } = await only(number('h01-jpeg2000-spins'));
      const { instances: [instance] } = await get(`/api/studies/${study.id}/series/${manifest.series[0].uid}`);
      assert.equal(instance.preview ?? null, null);
      assert.ok(instance.url, 'the original can be had');
    });
  });
}

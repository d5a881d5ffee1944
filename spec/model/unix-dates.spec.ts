import { Attribute, Model, Resource, type Session } from 'bigrecord';
import { GiftCertificate } from 'bigrecord/v2';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';

@Resource('/notices', { version: 'v2', alwaysSend: ['shown_until'] })
class Notice extends Model<Notice> {
  @Attribute({ readOnly: true }) readonly id!: number;
  @Attribute() name!: string;
  @Attribute(() => Date) shown_from!: Date | null;
  @Attribute(() => Date) shown_until!: Date | null;
}

const FROM = new Date('2018-03-27T16:44:42Z');

/** Unix seconds in strings, as V2 has the dates of banners and gift certificates; "0" is none. */
describe('dates in Unix seconds in strings', () => {
  let server: Listening;
  let session: Session;
  let row: Record<string, unknown>;
  beforeEach(async () => {
    row = { id: 1, name: 'Spring', shown_from: '1522169082', shown_until: '0' };
    server = await serve(({ body }, response) => {
      if (body !== '') row = { ...row, ...JSON.parse(body) };
      json(response, row);
    });
    session = server.session();
  });
  afterEach(() => server.close());

  const lastBody = (): unknown => JSON.parse(server.requests.at(-1)?.body ?? '');

  it('are read as dates', () => {
    const notice = Notice.load(row);
    expect(notice.shown_from).to.deep.equal(FROM);
    expect(notice.shown_until).to.equal(null);
    expect(notice.isDirty).to.equal(false);
    const certificate = GiftCertificate.load({ id: 1, purchase_date: '1603306', expiry_date: '16945678901' });
    expect(certificate.purchase_date).to.deep.equal(new Date(1_603_306_000));
    expect(certificate.expiry_date).to.deep.equal(new Date(16_945_678_901_000));
  });

  it('are not confused with years, milliseconds and other digits', () => {
    expect(Notice.load({ id: 1, shown_from: '2018' }).shown_from?.getUTCFullYear()).to.equal(2018);
    for (const none of ['1522169082000', '-1522169082', '1522169082.5', '152216908x', ''])
      expect(Notice.load({ id: 1, shown_from: none }).shown_from, none).to.equal(null);
  });

  it('are written back in seconds', async () => {
    const notice = await Notice.using(session).find(1);
    notice.shown_from = new Date('2020-09-13T12:26:40.900Z');
    expect(notice.changes).to.deep.equal({ shown_from: [FROM, new Date('2020-09-13T12:26:40.900Z')] });
    await notice.save();
    expect(lastBody()).to.deep.equal({ shown_from: '1600000000', shown_until: '0' });
    expect([notice.shown_from, notice.shown_until, notice.isDirty]).to.deep.equal([new Date(1_600_000_000_000), null, false]);
    expect(notice.previousChanges['shown_from']?.[0]).to.deep.equal(FROM);
  });

  it('are written back in seconds where there was no date, and as "0" where there is none any more', async () => {
    const notice = await Notice.using(session).find(1);
    notice.shown_until = FROM;
    notice.shown_from = null;
    await notice.save();
    expect(lastBody()).to.deep.equal({ shown_from: '0', shown_until: '1522169082' });
    expect([notice.shown_from, notice.shown_until]).to.deep.equal([null, FROM]);
    notice.shown_from = FROM;
    await notice.save();
    expect(lastBody()).to.deep.equal({ shown_from: '1522169082', shown_until: '1522169082' });
  });

  it('are unchanged within their second, and are restored', () => {
    const notice = Notice.load(row);
    notice.shown_from = new Date(FROM.getTime() + 999);
    expect(notice.isDirty).to.equal(false);
    notice.shown_from = new Date(FROM.getTime() + 1000);
    notice.shown_until = FROM;
    expect(notice.changed).to.deep.equal(['shown_from', 'shown_until']);
    notice.restore();
    expect([notice.shown_from, notice.shown_until, notice.isDirty]).to.deep.equal([FROM, null, false]);
  });

  it('leave a new record and other dates with RFC 2822', async () => {
    await Notice.using(session).create({ name: 'Autumn', shown_from: FROM });
    expect(lastBody()).to.deep.equal({ name: 'Autumn', shown_from: 'Tue, 27 Mar 2018 16:44:42 +0000' });
    row = { ...row, shown_from: 'Tue, 27 Mar 2018 16:44:42 +0000' };
    const notice = await Notice.using(session).find(1);
    await notice.update({ shown_from: new Date(1_600_000_000_000) });
    expect(lastBody()).to.deep.equal({ shown_from: 'Sun, 13 Sep 2020 12:26:40 +0000', shown_until: '0' });
  });

  it('refuse an invalid date', async () => {
    const notice = await Notice.using(session).find(1);
    notice.shown_from = new Date(Number.NaN);
    expect(await notice.save().catch(String)).to.contain('shown_from is an invalid Date');
  });
});

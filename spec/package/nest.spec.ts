import 'reflect-metadata';
import {
  Body,
  ClassSerializerInterceptor,
  Controller,
  Get,
  type INestApplication,
  Module,
  Param,
  Post,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { Attribute, HasMany, Model, Resource, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { Exclude, Expose, Transform } from 'class-transformer';
import { IsEmail, IsOptional, IsString } from 'class-validator';
import { models, sent } from '../support/store.js';

@Resource('/members', { version: 'v3' })
class Member extends Model<Member> {
  @Attribute({ readOnly: true }) id!: number;
  @IsString() @Attribute() name!: string;
  @IsEmail() @Attribute() email!: string;
  @IsOptional() @IsString() @Exclude({ toPlainOnly: true }) @Attribute() password!: string;
  @Transform(({ value }) => (value instanceof Date ? value.toISOString().slice(0, 10) : value), { toPlainOnly: true })
  @Attribute(() => Date)
  joined!: Date | null;
  @HasMany(() => Member) friends!: HasMany<Member>;

  @Expose() get greeting(): string {
    return `Hello ${this.name}`;
  }
}

@Controller('members')
@UseInterceptors(ClassSerializerInterceptor)
class MembersController {
  @Get() list(): Promise<Member[]> {
    return Member.all();
  }

  @Get(':id') find(@Param('id') id: string): Promise<Member> {
    return Member.find(id);
  }

  @Post()
  @UsePipes(new ValidationPipe({ transform: true, whitelist: true, expectedType: Member }))
  create(@Body() member: Member): Promise<Member> {
    return member.save();
  }
}

@Module({ controllers: [MembersController], providers: [Reflector] })
class App {}

/** A whole app: the pipe makes a record of the request, the interceptor writes it, class-transformer's rules hold. */
describe('an app of NestJS', function () {
  this.timeout(30_000);
  let store: Sandbox;
  let session: Session;
  let app: INestApplication;
  let url: string;

  before(async () => {
    store = await Sandbox.start({ models: models(Member) });
    session = Session.configure(store.credentials);
    store.insert(Member as never, [{ id: 7, name: 'Ann', email: 'ann@example.com', password: 'hush', joined: '2026-01-05T09:00:00Z' }]);
    app = await NestFactory.create(App, { logger: false });
    await app.listen(0, '127.0.0.1');
    url = `${await app.getUrl()}/members`;
  });
  after(async () => {
    await app.close();
    await session.close();
    await store.stop();
  });

  const ANN = { id: 7, name: 'Ann', email: 'ann@example.com', joined: '2026-01-05', greeting: 'Hello Ann' };

  it('answers with records, found and listed', async () => {
    expect(await (await fetch(`${url}/7`)).json()).to.deep.equal(ANN);
    expect(await (await fetch(url)).json()).to.deep.equal([ANN]);
  });

  it('makes new records of bodies, validated, and saves them', async () => {
    const body = JSON.stringify({ name: 'Bo', email: 'bo@example.com', password: 'secret', more: 1, isNew: false, save: 'x' });
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(response.status).to.equal(201);
    expect(await response.json()).to.deep.equal({ id: 8, name: 'Bo', email: 'bo@example.com', greeting: 'Hello Bo' });
    expect(sent(store).at(-1)).to.equal('POST /v3/members {"name":"Bo","email":"bo@example.com","password":"secret"}');
  });

  it('refuses bodies by class-validator', async () => {
    const before = sent(store).length;
    const body = JSON.stringify({ name: 1, email: 'none' });
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(response.status).to.equal(400);
    expect(((await response.json()) as { message: string[] }).message).to.have.length(2);
    expect(sent(store)).to.have.length(before);
  });
});

import { join } from 'node:path';
import { install, SANDBOX, versionOf, writeFiles } from '../project.js';
import { run, withServer } from '../run.js';

/** The starter's configuration stays unchanged; these files are added to its src/. */
const FILES = {
  'src/products.controller.ts': `import { Body, ClassSerializerInterceptor, Controller, Get, Param, ParseIntPipe, Put, UseInterceptors } from '@nestjs/common';
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { IsString, MinLength } from 'class-validator';

export class Rename {
  @IsString() @MinLength(3) name: string;
}

@Controller('products')
export class ProductsController {
  constructor(private readonly session: Session) {}

  @Get(':id') find(@Param('id', ParseIntPipe) id: number): Promise<Product> {
    return Product.using(this.session).find(id);
  }

  @Get(':id/serialised') @UseInterceptors(ClassSerializerInterceptor) serialised(@Param('id', ParseIntPipe) id: number): Promise<Product> {
    return Product.using(this.session).find(id);
  }

  @Put(':id') async rename(@Param('id', ParseIntPipe) id: number, @Body() { name }: Rename): Promise<Product> {
    const product = await Product.using(this.session).find(id);
    return product.update({ name });
  }
}
`,
  'src/store.ts': `import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';

@Injectable()
export class Store implements OnModuleDestroy {
  private sandbox: Sandbox | undefined;
  async open(): Promise<Session> {
    this.sandbox = await Sandbox.start();
    return new Session(this.sandbox.credentials);
  }
  async onModuleDestroy(): Promise<void> {
    await this.sandbox?.stop();
  }
}
`,
  'src/app.module.ts': `import { Module } from '@nestjs/common';
import { Session } from 'bigrecord';
import { AppController } from './app.controller';
import { AppService } from './app.service';
import { ProductsController } from './products.controller';
import { Store } from './store';

@Module({
  controllers: [AppController, ProductsController],
  providers: [AppService, Store, { provide: Session, useFactory: (store: Store) => store.open(), inject: [Store] }],
})
export class AppModule {}
`,
  'src/main.ts': `import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
  await app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
}
void bootstrap();
`,
  ...specs({
    products: `
  it('injects the session, and answers with a record', async () => {
    const { body } = await request(app.getHttpServer()).get('/products/1').expect(200);
    expect(body.id).toBe(1);
    expect(typeof body.name).toBe('string');
  });
  it('validates what comes in', async () => {
    await request(app.getHttpServer()).put('/products/1').send({ name: 'x' }).expect(400);
    const { body } = await request(app.getHttpServer()).put('/products/1').send({ name: 'Bowl of oak' }).expect(200);
    expect(body.name).toBe('Bowl of oak');
  });`,
    serialised: `
  it('serialises a record', async () => {
    const { body } = await request(app.getHttpServer()).get('/products/1/serialised').expect(200);
    expect(body.id).toBe(1);
  });`,
  }),
};

function specs(cases) {
  return Object.fromEntries(
    Object.entries(cases).map(([name, text]) => [
      `src/${name}.spec.ts`,
      `import { type INestApplication, ValidationPipe } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { AppModule } from './app.module';

describe('${name}', () => {
  let app: INestApplication;
  beforeAll(async () => {
    app = (await Test.createTestingModule({ imports: [AppModule] }).compile()).createNestApplication();
    app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
    await app.init();
  });
  afterAll(() => app.close());
${text}
});
`,
    ]),
  );
}

const jestOn = ({ folder, node }, file) =>
  run(node, [join(folder, 'app/node_modules/jest/bin/jest.js'), '--ci', file], { cwd: join(folder, 'app') });

export const nest = [
  {
    name: 'NestJS 11',
    async prepare({ folder, tarball }) {
      await run('npx', ['--yes', '@nestjs/cli@11', 'new', 'app', '--package-manager', 'npm', '--skip-git'], { cwd: folder, seconds: 300 });
      const app = join(folder, 'app');
      await install(app, [tarball, 'class-validator', 'class-transformer', ...SANDBOX]);
      writeFiles(app, FILES);
      await run('npx', ['nest', 'build'], { cwd: app });
      return ['@nestjs/core', 'class-validator', 'typescript'].map((tool) => `${tool} ${versionOf(app, tool)}`).join(', ');
    },
    rows: [
      { name: 'DI of the session, ValidationPipe, in its Jest', run: (at) => jestOn(at, 'products.spec') },
      { name: 'ClassSerializerInterceptor', run: (at) => jestOn(at, 'serialised.spec') },
      {
        name: 'nest build, node dist/main',
        run: ({ folder, node }) =>
          withServer(node, ['dist/main'], { cwd: join(folder, 'app') }, async (address) => {
            const response = await fetch(`${address}/products/1`);
            if (response.status !== 200 || (await response.json()).id !== 1) throw new Error(`GET /products/1 returned ${response.status}`);
          }),
      },
    ],
  },
];

// Plays one scenario against the echo host, or against the real system, with @grpc/grpc-js and prints what it met as one line of JSON.
// Usage: node client.mjs HOST:PORT DESCRIPTOR_SET SCENARIO [ARGUMENT]
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, descriptorSet, scenario, argument] = process.argv.slice(2);
const definitions = loader.loadFileDescriptorSetFromBuffer(readFileSync(descriptorSet), { keepCase: true, enums: String, defaults: true, oneofs: true });
const root = grpc.loadPackageDefinition(definitions);
const { SAMENHANG_TOKEN: token, SAMENHANG_PURPOSE: purpose, SAMENHANG_GROUND: ground } = process.env;
const asOneself = (options, next) => new grpc.InterceptingCall(next(options), {
  start(metadata, listener, go) {
    metadata.set('authorization', `Bearer ${token}`);
    metadata.set('x-doelbinding', purpose);
    metadata.set('x-grondslag', ground);
    go(metadata, listener);
  },
});
const connect = (service) => new service(address, grpc.credentials.createInsecure(), token ? { interceptors: [asOneself] } : {});
const echo = root.samenhang.testing && connect(root.samenhang.testing.echo.v1.EchoService);
const casemanager = root.samenhang.casemanager && connect(root.samenhang.casemanager.v1.CasemanagerService);
const health = connect(root.grpc.health.v1.Health);
const bounded = () => ({ deadline: Date.now() + 20_000 });

const unary = (method, request, metadata = new grpc.Metadata(), options = bounded()) => new Promise((resolve) => {
  const outcome = { headers: {}, trailers: {} };
  const call = method(request, metadata, options, (error, response) => Object.assign(outcome, { error, response }));
  call.on('metadata', (headers) => { outcome.headers = headers; });
  call.on('status', (status) => resolve({ ...outcome, code: status.code, message: status.details, trailers: status.metadata }));
});

const read = (call, onMessage = () => {}) => new Promise((resolve) => {
  const messages = [];
  call.on('data', (message) => { messages.push(message); onMessage(message); });
  call.on('error', () => {}); // the status event tells it as well
  call.on('status', (status) => resolve({ messages, code: status.code }));
});

const decode = (name, bytes) => definitions[name].deserialize(bytes);
const say = (text) => unary(echo.say.bind(echo), { text });

const scenarios = {
  async unary() {
    const { code, response } = await say('goedemorgen');
    return { code, text: response.text };
  },
  async server_streaming() {
    const { messages, code } = await read(echo.count({ up_to: 100 }, bounded()));
    return { code, numbers: messages.map((message) => message.number) };
  },
  async client_streaming() {
    return new Promise((resolve) => {
      const call = echo.collect(bounded(), (error, response) => resolve({ code: error?.code ?? 0, joined: response?.joined }));
      ['een', 'twee', 'drie'].forEach((text) => call.write({ text }));
      call.end();
    });
  },
  async duplex() {
    const call = echo.converse(bounded());
    let turn = 1;
    const reading = read(call, () => (turn < 3 ? call.write({ text: `beurt ${++turn}` }) : call.end()));
    call.write({ text: 'beurt 1' });
    const { messages, code } = await reading;
    return { code, texts: messages.map((message) => message.text) };
  },
  async deadline() {
    await say('warm'); // a call whose deadline passes on the way never reaches the method
    const { code } = await read(echo.wait({ name: 'node-deadline' }, { deadline: Date.now() + 2_000 }));
    const noticed = await unary(echo.abandoned.bind(echo), { name: 'node-deadline' });
    return { code, server_noticed: noticed.code === 0 };
  },
  async cancellation() {
    const call = echo.wait({ name: 'node-cancelled' }, bounded());
    const { code } = await read(call, () => call.cancel());
    const noticed = await unary(echo.abandoned.bind(echo), { name: 'node-cancelled' });
    return { code, server_noticed: noticed.code === 0 };
  },
  async error_details() {
    const { code, message, trailers } = await unary(echo.fail.bind(echo), { kind: 'FAILURE_KIND_INVALID', violations: 5 });
    const status = decode('google.rpc.Status', trailers.get('grpc-status-details-bin')[0]);
    const details = status.details.map((any) => {
      const name = any.type_url.split('/')[1];
      return { name, value: decode(name, any.value) };
    });
    const of = (name) => details.filter((detail) => detail.name === name).map((detail) => detail.value);
    return {
      code,
      message,
      status_code: status.code,
      fields: of('google.rpc.BadRequest')[0].field_violations.map((violation) => violation.field),
      description: of('google.rpc.BadRequest')[0].field_violations[0].description,
      domain: of('google.rpc.ErrorInfo')[0].domain,
      texts: Object.fromEntries(of('google.rpc.LocalizedMessage').map((text) => [text.locale, text.message])),
    };
  },
  async bug() {
    const { code, message } = await unary(echo.fail.bind(echo), { kind: 'FAILURE_KIND_BUG' });
    return { code, message };
  },
  async metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('x-echo', 'goedemorgen');
    metadata.set('x-echo-bin', Buffer.from([0, 1, 254, 255]));
    const { code, headers, trailers } = await unary(echo.say.bind(echo), { text: 'x' }, metadata);
    return {
      code,
      header: headers.get('x-echo')[0],
      trailer: trailers.get('x-echo-trailer')[0],
      bytes: [...trailers.get('x-echo-trailer-bin')[0]],
    };
  },
  async too_large() {
    const { code } = await say('a'.repeat(5_000_000));
    return { code, code_after: (await say('x')).code };
  },
  async nonsense() {
    const path = '/samenhang.testing.echo.v1.EchoService/Say';
    const bytes = Buffer.alloc(1_000, 0xff);
    const code = await new Promise((resolve) => {
      echo.makeUnaryRequest(path, () => bytes, (received) => received, {}, new grpc.Metadata(), bounded(), (error) => resolve(error?.code ?? 0));
    });
    return { code, code_after: (await say('x')).code };
  },
  async health() {
    const check = (service) => unary(health.check.bind(health), { service });
    const watch = async (service) => {
      const call = health.watch({ service }, bounded());
      return (await read(call, () => call.cancel())).messages[0].status;
    };
    return {
      whole: (await check('')).response.status,
      echo: (await check('samenhang.testing.echo.v1.EchoService')).response.status,
      unknown_code: (await check('no.such.Service')).code,
      watch_whole: await watch(''),
      watch_unknown: await watch('no.such.Service'),
    };
  },
  async reflection() {
    const ask = async (version) => {
      const call = connect(root.grpc.reflection[version].ServerReflection).serverReflectionInfo(bounded());
      const reading = read(call);
      call.write({ list_services: '' });
      call.write({ file_containing_symbol: 'samenhang.testing.echo.v1.EchoService' });
      call.write({ file_by_filename: 'no/such.proto' });
      call.end();
      const { messages, code } = await reading;
      return {
        code,
        services: messages[0].list_services_response.service.map((service) => service.name),
        files: messages[1].file_descriptor_response.file_descriptor_proto.length,
        error_code: messages[2].error_response.error_code,
      };
    };
    return { v1: await ask('v1'), v1alpha: await ask('v1alpha') };
  },
  // The real system: ARGUMENT is a file with an OpenCase request.
  async case() {
    const { code, message, response } = await unary(casemanager.openCase.bind(casemanager), JSON.parse(readFileSync(argument)));
    if (code !== 0) return { code, message };
    const { case_id } = response;
    const last = Date.now() + 20_000;
    let answer;
    do {
      await new Promise((resolve) => { setTimeout(resolve, 50); });
      answer = (await unary(casemanager.getPlan.bind(casemanager), { case_id })).response;
    } while (answer?.round_status !== 'ROUND_STATUS_PLANNED' && Date.now() < last);
    const watching = casemanager.watchCase({ case_id, after_plan_version: 0 }, bounded());
    const { messages } = await read(watching, () => watching.cancel());
    return {
      code,
      round_status: answer.round_status,
      plan_version: answer.plan?.version,
      wage: answer.plan?.coverage.find((row) => row.need_id === 'n3' && row.scheme === 'employer-wage')?.outcome,
      watched_version: messages[0]?.plan.version,
    };
  },
  async invalid_case() {
    const { code, trailers } = await unary(casemanager.openCase.bind(casemanager), JSON.parse(readFileSync(argument)));
    const { details } = decode('google.rpc.Status', trailers.get('grpc-status-details-bin')[0]);
    const detail = details.find((any) => any.type_url.endsWith('/google.rpc.BadRequest'));
    return { code, fields: decode('google.rpc.BadRequest', detail.value).field_violations.map((violation) => violation.field) };
  },
  // The real system: ARGUMENT is the gRPC service that the address is for.
  async service() {
    const check = async (service) => (await unary(health.check.bind(health), { service })).response?.status;
    const list = async (version) => {
      const call = connect(root.grpc.reflection[version].ServerReflection).serverReflectionInfo(bounded());
      const reading = read(call);
      call.write({ list_services: '' });
      call.end();
      return (await reading).messages[0].list_services_response.service.map((service) => service.name);
    };
    return { whole: await check(''), own: await check(argument), v1: await list('v1'), v1alpha: await list('v1alpha') };
  },
};

console.log(JSON.stringify(await scenarios[scenario]()));
process.exit(0);

// Checks what is deployed against schemas that others keep: compose files, manifests of Kubernetes, expressions of Prometheus.
//   node validate.mjs compose FILE SCHEMA
//   node validate.mjs kubernetes FOLDER…
//   node validate.mjs promql            (one expression a line on the standard input)
// Each problem is a line on the standard output; the status is 1 when there is one.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import YAML from 'yaml';
import { parser } from '@prometheus-io/lezer-promql';

const require = createRequire(import.meta.url);
const problems = [];

function parse(file) {
  return YAML.parseAllDocuments(fs.readFileSync(file, 'utf8'), { merge: true, uniqueKeys: true }).map((document) => {
    problems.push(...document.errors.map((error) => `${file}: ${error.message}`));
    return document.toJS();
  });
}

function compose(file, schemaFile) {
  // The schema is of draft 7 with the names of draft 4 for its own id.
  const withoutIds = (node) => {
    if (node && typeof node === 'object') {
      if (typeof node.id === 'string') delete node.id;
      Object.values(node).forEach(withoutIds);
    }
    return node;
  };
  const schema = withoutIds(JSON.parse(fs.readFileSync(schemaFile, 'utf8')));
  delete schema.$schema;
  schema.properties.name ??= { type: 'string' }; // Came into the specification after this copy of the schema.
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  for (const document of parse(file)) {
    if (!validate(document)) {
      problems.push(...validate.errors.map((error) => `${file}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`));
    }
  }
}

// The models let fields pass that they do not know. What they never read is such a field.
function watched(node, at, seen) {
  if (node === null || typeof node !== 'object') return node;
  const read = new Set();
  const entry = { at, read, node, isMap: false };
  seen.push(entry);
  const children = Array.isArray(node)
    ? node.map((item, index) => watched(item, `${at}/${index}`, seen))
    : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, watched(value, `${at}/${key}`, seen)]));
  return new Proxy(children, {
    get(target, key) {
      if (typeof key === 'string') read.add(key);
      return target[key];
    },
    ownKeys(target) {
      entry.isMap = true;
      return Reflect.ownKeys(target);
    },
  });
}

function kubernetes(folders) {
  for (const folder of folders) {
    for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml').sort()) {
      for (const object of parse(path.join(folder, file))) {
        const model = modelOf(object);
        if (!model) continue;
        const name = `${file} ${object.kind} ${object.metadata.name}`;
        const seen = [];
        try {
          model.prototype.validate.call(watched(object, '', seen));
        } catch (error) {
          problems.push(`${name}: ${error.message}`);
        }
        for (const { at, read, node, isMap } of seen) {
          if (isMap || Array.isArray(node) || read.size === 0) continue;
          problems.push(...Object.keys(node).filter((key) => !read.has(key)).map((key) => `${name}: ${at}/${key} is no field`));
        }
      }
    }
  }
}

function modelOf({ apiVersion, kind }) {
  for (const module of [`kubernetes-models/${apiVersion}/${kind}`, `@kubernetes-models/keda/${apiVersion}/${kind}`]) {
    try {
      return require(module)[kind];
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
    }
  }
  return null; // No schema of it is on a registry; the tests name each such kind and what it may hold.
}

function promql() {
  for (const expression of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    parser.parse(expression).iterate({
      enter(node) {
        if (node.type.isError) problems.push(`${expression}: wrong at ${node.from}`);
      },
    });
  }
}

const [what, ...rest] = process.argv.slice(2);
({ compose: () => compose(...rest), kubernetes: () => kubernetes(rest), promql })[what]();
problems.forEach((problem) => console.log(problem));
process.exit(problems.length > 0 ? 1 : 0);

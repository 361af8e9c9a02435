// Reads an AsyncAPI document with @asyncapi/parser and holds messages against its schemas; prints what it found as one line of JSON.
//
// Usage: node asyncapi.mjs DOCUMENT [MESSAGES]     MESSAGES is a file with a list of { type, headers, data }
import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const [path, messages] = process.argv.slice(2);
const text = await readFile(path, "utf8");
const { document, diagnostics } = await new Parser().parse(text);
const found = {
  errors: diagnostics.filter((one) => one.severity === 0).map((one) => `${one.path.join(".")}: ${one.message}`),
  messages: document ? document.allMessages().all().map((one) => one.name()).sort() : [],
  wrong: [],
};
if (messages && document) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const schemas = new Map(document.allMessages().all().map((one) => [one.name(), { payload: ajv.compile(one.payload().json()), headers: ajv.compile(one.headers().json()) }]));
  for (const { type, headers, data } of JSON.parse(await readFile(messages, "utf8"))) {
    const schema = schemas.get(type);
    if (!schema) found.wrong.push(`${type}: not in the document`);
    else {
      if (!schema.payload(data)) found.wrong.push(`${type}: ${ajv.errorsText(schema.payload.errors)} in ${JSON.stringify(data)}`);
      if (!schema.headers(headers)) found.wrong.push(`${type}: ${ajv.errorsText(schema.headers.errors)} in ${JSON.stringify(headers)}`);
    }
  }
}
console.log(JSON.stringify(found));

// Runs zen-engine and json-rules-engine on the models and inputs of a file, as the benchmark asks over standard input, one JSON object a line.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Engine } from 'json-rules-engine';
import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';

const zen = new ZenEngine();
const tasks = {}; // per name: models for each engine, and decisions: lists of [model, input]

for (const [name, task] of Object.entries(JSON.parse(readFileSync(process.argv[2], 'utf8')))) {
  tasks[name] = {
    zen: task.models.map(model => zen.createDecision(new ZenDecisionContent(model.zen))), // Compiled once.
    rules: task.models.map(model => new Engine(model.rules, { allowUndefinedFacts: true })),
    decisions: task.decisions,
  };
}

const ways = {
  // One evaluation after another.
  'zen': async (task, decision) => {
    const answers = [];
    for (const [model, input] of decision) {
      answers.push((await task.zen[model].evaluate(input)).result);
    }
    return answers;
  },
  'json-rules': async (task, decision) => {
    const answers = [];
    for (const [model, input] of decision) {
      answers.push((await task.rules[model].run(input)).events);
    }
    return answers;
  },
};

// Many evaluations handed over at once; its native part may use threads of its own.
const zenAtOnce = async task => {
  const width = 64;
  const all = task.decisions.flat();
  for (let at = 0; at < all.length; at += width) {
    await Promise.all(all.slice(at, at + width).map(([model, input]) => task.zen[model].evaluate(input)));
  }
};

const plain = {
  'zen': answers => answers.map(answer => Object.entries(answer).filter(([key, value]) => key[0] === 'c' && value === true).map(([key]) => key).concat(
    answer.answer === undefined ? [] : [answer.answer]).sort()),
  'json-rules': answers => answers.map(events => events.map(event => event.type).sort()),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { task: name, engine, check } = JSON.parse(line);
  const task = tasks[name];
  if (check) {
    const answers = [];
    for (const decision of task.decisions) {
      answers.push(plain[engine](await ways[engine](task, decision)));
    }
    console.log(JSON.stringify(answers));
    continue;
  }

  const start = process.hrtime.bigint();
  if (engine === 'zen-at-once') {
    await zenAtOnce(task);
  } else {
    for (const decision of task.decisions) {
      await ways[engine](task, decision);
    }
  }
  console.log(JSON.stringify(Number(process.hrtime.bigint() - start) / 1e9));
}

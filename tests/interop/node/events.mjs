// Takes messages from a queue with amqplib and reads each with the CloudEvents SDK; prints what it read as one line of JSON.
//
// Usage: node events.mjs AMQP_URL QUEUE COUNT
import amqp from "amqplib";
import { HTTP } from "cloudevents";

const [url, queue, count] = process.argv.slice(2);
const connection = await amqp.connect(url);
const channel = await connection.createChannel();
const events = [];
await new Promise((resolve, reject) => {
  channel.on("error", reject);
  channel.consume(queue, (message) => {
    // The SDK has no AMQP binding; its HTTP binding reads the same attributes under another prefix.
    const headers = { "content-type": message.properties.contentType };
    for (const [name, value] of Object.entries(message.properties.headers)) {
      if (name.startsWith("cloudEvents_")) headers[`ce-${name.slice("cloudEvents_".length)}`] = value;
    }
    const event = HTTP.toEvent({ headers, body: message.content.toString("utf8") });
    event.validate();
    events.push({
      id: event.id, type: event.type, source: event.source, subject: event.subject, sequence: event.sequence, data: event.data,
      headers: message.properties.headers, messageId: message.properties.messageId, persistent: message.properties.deliveryMode === 2,
    });
    channel.ack(message);
    if (events.length === Number(count)) resolve();
  }).catch(reject);
});
await connection.close();
console.log(JSON.stringify(events));

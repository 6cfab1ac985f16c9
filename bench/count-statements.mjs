/**
 * Loaded into Portico before it starts (`node --import`): counts the statements that it sends to PostgreSQL, and tells
 * their number to whoever asks over the channel between the processes.
 */
import pg from 'pg';

let sent = 0;
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function counted(...args) {
  sent++;
  return query.apply(this, args);
};

process.on('message', () => process.send({ statements: sent }));
process.channel.unref();

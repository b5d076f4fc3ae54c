// What the server publishes, read by programs that were written for others.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import RssParser from 'rss-parser';
import sax from 'sax';
import statuspage from 'statuspage.io';
import { serveDemo, ventanilla } from './support.mjs';

let demo;
before(async () => (demo = await serveDemo()));
after(() => demo.stop());

const text = async (path) => {
  const answer = await fetch(demo.url + path);
  assert.equal(answer.status, 200, path);
  return answer.text();
};

test('npm statuspage.io reads us unmodified', async () => {
  const client = new statuspage.Statuspage('ventanilla');
  client.setApiUrl(demo.url);
  const summary = await client.getSummary();
  assert.match(summary.page.id, /^[a-z0-9]{12}$/);
  assert.equal(summary.components.length, 12);
  assert.deepEqual((await client.getStatus()).status, summary.status);
  assert.deepEqual((await client.getComponents()).components, summary.components);
  const { incidents } = await client.api.incidents.getAll();
  assert.ok(incidents.length >= 4);
  for (const incident of incidents) {
    assert.match(incident.id, /^[a-z0-9]{12}$/);
    assert.ok(['none', 'minor', 'major', 'critical'].includes(incident.impact));
    assert.ok(incident.incident_updates.length > 0);
    for (const update of incident.incident_updates) {
      assert.equal(update.incident_id, incident.id);
      assert.ok(Array.isArray(update.affected_components));
    }
  }
  assert.equal((await client.api.incidents.getUnresolved()).incidents.length, 0);
  // Its getAll and getActive ask for the upcoming ones too; that is its own mistake.
  const path = '/api/v2/scheduled-maintenances.json';
  const planned = JSON.parse(await text(path)).scheduled_maintenances;
  assert.equal(planned[0].status, 'completed');
  assert.ok((await client.api.scheduledMaintenances.getUpcoming()).page);
  assert.ok((await client.api.scheduledMaintenances.getActive()).page);
});

test('a browser of another site asks first and then reads', async () => {
  const url = `${demo.url}/api/v2/status.json`;
  const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
  const asked = await fetch(url, { method: 'OPTIONS', headers });
  assert.equal(asked.status, 204);
  assert.equal(asked.headers.get('access-control-allow-origin'), '*');
  const head = await fetch(url, { method: 'HEAD', headers });
  const full = await fetch(url, { headers });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('etag'), full.headers.get('etag'));
  assert.equal(head.headers.get('cross-origin-resource-policy'), 'cross-origin');
  const again = await fetch(url, { headers: { 'if-none-match': full.headers.get('etag') } });
  assert.equal(again.status, 304);
});

test('rss-parser reads Atom and RSS, and both say the same', async () => {
  const parser = new RssParser();
  const atom = await parser.parseString(await text('/history.atom'));
  const rss = await parser.parseString(await text('/history.rss'));
  const json = JSON.parse(await text('/history.json'));
  assert.equal(json.version, 'https://jsonfeed.org/version/1.1');
  assert.ok(atom.items.length > 10 && atom.items.length <= 100);
  assert.deepEqual(
    atom.items.map((item) => item.id),
    json.items.map((item) => item.id),
  );
  assert.deepEqual(
    rss.items.map((item) => item.guid),
    json.items.map((item) => item.id),
  );
  assert.deepEqual(
    rss.items.map((item) => item.isoDate.slice(0, 19)),
    json.items.map((item) => item.date_published.slice(0, 19)),
  );
  assert.equal(new Set(json.items.map((item) => item.id)).size, json.items.length);
});

// Every element of the document with its attributes, text and children; fails on what is not XML.
function tree(source) {
  const parser = sax.parser(true, { xmlns: true });
  const top = { children: [] };
  const open = [top];
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = (tag) => {
    const node = { uri: tag.uri, name: tag.local, attributes: {}, text: '', children: [] };
    for (const each of Object.values(tag.attributes)) node.attributes[each.name] = each.value;
    open.at(-1).children.push(node);
    open.push(node);
  };
  parser.ontext = (part) => open.length > 1 && (open.at(-1).text += part);
  parser.onclosetag = () => open.pop();
  parser.write(source).close();
  return top.children[0];
}

test('the Atom feed keeps to the grammar of RFC 4287', async () => {
  const feed = tree(await text('/public/status.en.atom'));
  const named = (node, name) => node.children.filter((child) => child.name === name);
  const one = (node, name) => {
    assert.equal(named(node, name).length, 1, `${node.name}: exactly one ${name}`);
    return named(node, name)[0];
  };
  const check = (node, allowed) => {
    assert.equal(node.uri, 'http://www.w3.org/2005/Atom');
    for (const child of node.children) assert.ok(allowed.includes(child.name), child.name);
    assert.match(one(node, 'id').text, /^urn:uuid:[0-9a-f-]{36}$/);
    assert.ok(one(node, 'title').text.trim());
    assert.match(one(node, 'updated').text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const alternates = named(node, 'link').filter((l) => l.attributes.rel === 'alternate');
    assert.equal(alternates.length, 1);
    assert.ok(URL.canParse(alternates[0].attributes.href));
  };
  check(feed, ['id', 'title', 'updated', 'author', 'link', 'entry']);
  assert.ok(one(one(feed, 'author'), 'name').text, 'entries have no author of their own');
  const entries = named(feed, 'entry');
  for (const entry of entries) {
    check(entry, ['id', 'title', 'updated', 'published', 'link', 'category', 'content']);
    assert.equal(one(entry, 'content').attributes.type, 'html');
    for (const category of named(entry, 'category')) assert.ok(category.attributes.term);
  }
  const newest = entries.map((entry) => one(entry, 'updated').text).sort().at(-1);
  assert.equal(one(feed, 'updated').text, newest);
});

test('ical.js reads the calendar', async () => {
  const source = await text('/calendar.ics');
  for (const line of source.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  const calendar = new ICAL.Component(ICAL.parse(source));
  assert.equal(calendar.getFirstPropertyValue('method'), 'PUBLISH');
  const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
  assert.equal(events.length, 1);
  assert.equal(events[0].summary, 'Actualización del ERP Andes');
  const lasted = events[0].endDate.toUnixTime() - events[0].startDate.toUnixTime();
  assert.equal(lasted, 140 * 60, 'two hours were promised; 20 minutes later it was handed over');
});

test('what a maintenance was handed over to is an incident from the promised end on', async () => {
  const { incidents } = JSON.parse(await text('/api/v2/incidents.json'));
  const { scheduled_maintenances: windows } = JSON.parse(
    await text('/api/v2/scheduled-maintenances.json'),
  );
  const window = windows.find((each) => each.name.includes('ERP'));
  const incident = incidents.find((each) => each.name.includes('ERP'));
  assert.equal(window.status, 'completed');
  assert.equal(incident.status, 'resolved');
  assert.equal(incident.started_at, window.scheduled_until);
  const times = incident.incident_updates.map((each) => each.display_at);
  assert.deepEqual(times, [...times].sort().reverse(), 'newest first');
  assert.equal(times.at(-1), window.scheduled_until, 'also what stood there before it was a row');
  const known = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'];
  for (const each of incident.incident_updates) assert.ok(known.includes(each.status), each.status);
});

test('a page without a script, and every address it names is there', async () => {
  const seen = new Set();
  const waiting = ['/public/status.es.html', '/public/status.en.html'];
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    const page = await text(path);
    assert.ok(!page.includes('<script'), path);
    if (!path.endsWith('.html')) continue;
    for (const [, href] of page.matchAll(/href="(\/public\/[^"#]+)/g)) waiting.push(href);
  }
  assert.equal(seen.size, 2 * 13 * 5 + 1, 'es and en of all and of 12 services, and the style');
});

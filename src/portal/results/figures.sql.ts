/** The figures of ads that metrics are made of, and the columns in which campaigns keep them. */
const OF_ADS: Readonly<Record<string, string>> = {
  spend: 'a.spend',
  impressions: 'a.impressions',
  clicks: 'a.clicks',
  conversions: 'a.conversions',
  conversion_value: 'a.conversion_value',
};
const MONEY = ['spend', 'conversion_value'];

const sums = Object.values(OF_ADS)
  .map((column) => `sum(${column.replace('a.', 'd.')}) as ${column.replace('a.', '')}`)
  .join(', ');
const rows = Object.entries(OF_ADS)
  .map(([key, column]) => `('${key}', ${column}::numeric, ${MONEY.includes(key) ? 'a.currency' : 'null'})`)
  .join(', ');

/** Of the rows that are put together, what the newest one has that has anything: without sorting them. */
const newest = (date: string, column: string) =>
  `(max(array[${date}::text, ${column}]) filter (where ${column} is not null))[2]`;

/** The days of the period ($3 to $4) and of the one before ($5 to $6), of the firm $1 and its client $2. */
const inEither = (row: string) =>
  `${row}.firm_id = $1 and ${row}.client_id = $2
    and (${row}.date between $3 and $4 or ${row}.date between $5 and $6)`;

/**
 * What was measured, summed for each metric, platform and unit in both periods. Campaigns count where there is no value
 * of the metric itself on that day and platform.
 */
export const FIGURES = `
  with points as materialized (
    select p.date, p.platform, p.metric_key, p.metric_label, p.unit, p.value
    from metric_points p where ${inEither('p')}),
  ads as (
    select d.date, d.platform, d.currency, count(*) as campaigns, ${sums}
    from campaign_days d where ${inEither('d')} group by d.date, d.platform, d.currency),
  days as (
    select date, platform, metric_key, metric_label, unit, value, 1 as parts from points
    union all
    select a.date, a.platform, f.metric_key, null, f.unit, f.value, a.campaigns
    from ads a cross join lateral (values ${rows}) f (metric_key, value, unit)
    where not exists (select from points p
      where p.date = a.date and p.platform = a.platform and p.metric_key = f.metric_key))
  select metric_key as "metricKey", platform, date < $3 as "isPrior", unit,
    ${newest('date', 'metric_label')} as label,
    sum(value)::text as sum, sum(parts)::integer as count
  from days group by metric_key, platform, unit, date < $3 order by metric_key, max(date) desc, platform`;

/** Each campaign of the period ($3 to $4) with the sums of its days; $5 is a platform, or null for all. */
export const CAMPAIGNS = `
  select d.platform, d.campaign_id as "campaignId", d.currency,
    ${newest('d.date', 'd.campaign_name')} as "campaignName", ${newest('d.date', 'd.status')} as status,
    sum(d.spend)::text as spend, sum(d.impressions)::text as impressions, sum(d.clicks)::text as clicks,
    sum(d.conversions)::text as conversions, sum(d.conversion_value)::text as "conversionValue",
    case when count(*) = 1 then max(d.reach)::text end as reach
  from campaign_days d
  where d.firm_id = $1 and d.client_id = $2 and d.date between $3 and $4 and ($5::text is null or d.platform = $5)
  group by d.platform, d.campaign_id, d.currency`;

-- Pictures of the topic moonflow.images, read by the model, to the topic image-texts.

SET 'table.dml-sync' = 'true';
-- Rows that one task gives to the engine at once: what a batch is made of.
SET 'table.exec.async-ml-predict.max-concurrent-operations' = '64';

CREATE TABLE images (
  id STRING,
  prompt STRING,
  image ROW<`inline` BYTES>
) WITH (
  'connector' = 'kafka',
  'topic' = 'moonflow.images',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset', -- leave it out, and the query goes on for ever
  'format' = 'avro-confluent',
  'avro-confluent.url' = 'http://localhost:8081'
);

CREATE TABLE texts (
  id STRING,
  text STRING,
  error STRING,
  finish_reason STRING
) WITH (
  'connector' = 'kafka',
  'topic' = 'image-texts',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'avro-confluent',
  'avro-confluent.url' = 'http://localhost:8081'
);

CREATE MODEL reader
INPUT (image BYTES, prompt STRING)
OUTPUT (text STRING, error STRING, finish_reason STRING)
WITH (
  'provider' = 'moonflow',
  'path' = 'models/moonlet',
  'task' = 'ocr',
  'max-new-tokens' = '64'
);

CREATE VIEW pictures AS SELECT id, image.`inline` AS picture, prompt AS question FROM images;

INSERT INTO texts
SELECT id, text, error, finish_reason
FROM ML_PREDICT(TABLE pictures, MODEL reader, DESCRIPTOR(picture, question));

SELECT * FROM texts;

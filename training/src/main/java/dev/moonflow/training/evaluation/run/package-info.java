/**
 * Asks a checkpoint the items of a task through the product's own engine, many at once, and keeps
 * what it answered.
 *
 * <p>An answer file has a line of JSON per answer behind a first line that says what was asked of
 * which model:
 *
 * <pre>
 * {"format":"moonflow-answers-1","task":"…","model":"fingerprint","settings":{…}}
 * {"index":0,"id":"…","target":"…","answer":"…","found":"…","part":1.0,"whole":1.0,…}
 * </pre>
 *
 * Lines are appended as answers come, so a run that was killed goes on behind the last whole line.
 * At the end the file is written anew in the order of the items: its bytes are then a function of
 * model, data and settings.
 */
package dev.moonflow.training.evaluation.run;

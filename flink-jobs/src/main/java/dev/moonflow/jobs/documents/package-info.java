/**
 * Documents: pages of one document brought together again. Page results pass through as they come;
 * with the last one the document's text leaves, its pages in order.
 *
 * <p>Keyed state, version 1, everything big-endian. The key is the source id; a document's name is
 * the position of its Kafka record, {@code topic-partition@offset}, so that two events with one id
 * do not mix.
 *
 * <pre>
 *   documents: MapState   string name -> byte version = 1
 *                                        Subject and RawRecord, as ingest has them
 *                                        string fingerprint | long seed of the first page seen
 *                                        int pages received | long expiry, ms | byte given up
 *
 *   pages: MapState       string name/page, six digits -> string text
 *
 *   markdown: MapState    string name/page, six digits -> string Markdown, where there is some
 *   page-notes: MapState  string name/page, six digits -> int -1 blank | lines that failed, above 0
 *   open-pages: MapState  string name/page, six digits -> byte version = 1 | sheet, as ingest has it
 *                         | for each line byte 1 when it has come, and then string text (count -1
 *                           when it failed), double mean and double min of its probabilities
 * </pre>
 *
 * <p>A failed page is counted and has no text. Both are empty once the document has left. A
 * document that is not complete after {@code moonflow.document.keep} leaves with its missing pages
 * as failed; pages that come even later are counted and leave only as pages.
 *
 * <p>May use ingest's and perceive's types.
 */
package dev.moonflow.jobs.documents;

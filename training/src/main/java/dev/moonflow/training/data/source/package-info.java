/**
 * The users' own data as JSON lines: one example a line, images beside the file.
 *
 * <pre>
 * {"id": "scan-17", "category": "ocr", "topic": "letters", "parts": [
 *    {"image": "scans/17.png"},
 *    {"text": "Dear Sir"}],
 *  "regions": [{"part": 0, "box": [12, 8, 90, 31], "label": "Dear Sir"}],
 *  "answer": "Dear Sir", "attributes": {"dpi": "300"}}
 * </pre>
 *
 * {@code category} and {@code parts} are required. Part by part, {@code role} is {@code none} (the
 * default), {@code system}, {@code user} or {@code assistant}; an image is a PNG or JPEG file below
 * the folder of the JSON lines. Boxes are left, top, right, bottom in pixels. An id that is missing
 * becomes file and line. Unknown names are refused.
 */
package dev.moonflow.training.data.source;

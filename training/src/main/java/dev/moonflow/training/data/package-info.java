/**
 * Data construction (SPEC section 12.4): generators and filters for every category of example.
 *
 * <p>A {@link dev.moonflow.training.data.Generator} is a pure function of seed and index, so that a
 * trainer draws examples on the fly, a job writes shards of them in parallel, and both go on
 * exactly where they stopped. Below it:
 *
 * <pre>
 *   text      English prose, names, amounts, addresses, code, arithmetic: words with real entropy
 *   subject   scenes, tables, charts, diagrams, paperwork, screens, and questions about them
 *   render    fonts, canvas, lines, pages and tables in pixels, with the box of every line
 *   print     lines cut from pages and scans, in many fonts; a training and a held-out side
 *   small     small pictures with short questions, for a small model; both sides
 *   generate  the generators of the categories, and the catalog of their names
 *   augment   rotation, distortion, colour, noise, blur, JPEG with boxes kept right
 *   filter    duplicates, agreement, resolutions, taxonomy, selection of answers
 *   source    the users' own data as JSON lines
 *   job       all of it as Flink batch jobs
 * </pre>
 */
package dev.moonflow.training.data;

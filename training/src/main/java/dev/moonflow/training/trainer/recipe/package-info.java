/**
 * Recipes: YAML files that say which stages a run has and how each is trained, read strictly into
 * records. Errors are one sentence that names file, line and key.
 *
 * <pre>
 * name: tiny
 * seed: 7
 * model:                       # from: FOLDER, or create:
 *   create: {vision: {...}, text: {...}, tokenizer: {merges: 256}}
 * defaults: {...}              # keys that every stage has unless it says otherwise
 * stages:
 *   - name: text
 *     kind: text
 *     steps: 20
 *     data: [{generator: words, weight: 1}]
 *     phases: [{...}, {...}]   # the stage several times, each with other keys
 *     options: {...}           # keys of the kind of stage
 * </pre>
 */
package dev.moonflow.training.trainer.recipe;

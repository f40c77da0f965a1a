/**
 * Constrained decoding: what an answer may look like, as an automaton over bytes, and the tokens
 * that keep to it, as masks over the vocabulary.
 *
 * <h2>From a constraint to a mask</h2>
 *
 * <pre>
 *  Choices ----------+
 *  Numeric --------- +--> ByteNfa --> ByteAutomaton ---+--> TokenConstraint: state -> mask,
 *  Regex -> tree ----+    (UTF-8)     (deterministic)  |                    state -> tokens to end
 *  JsonSchema -------+                                 |
 *                         vocabulary --> TokenTrie ----+
 * </pre>
 *
 * A schema has no recursion, so that every constraint is a regular language and the automaton is
 * finite. It is made whole when a request is prepared: one that would be too large is refused then,
 * never in the middle of an answer. The state is a function of the tokens so far; nothing of it is
 * ever stored.
 *
 * <h2>An answer that ends in time</h2>
 *
 * Every state knows a shortest string to acceptance and how few tokens spell it. A token is allowed
 * only if what it leads to can still be finished with the tokens that are left. The first token of
 * that spelling always is, so an answer that fits when it begins is complete when it ends. Stop
 * tokens are allowed in accepting states alone.
 *
 * <h2>Regular expressions</h2>
 *
 * The whole answer must match. Literals, {@code .} (any character but a line terminator), classes
 * {@code [a-z] [^x]}, {@code \d \w \s \D \W \S}, {@code \t \n \r \f}, {@code \xHH}, a backslash
 * with {@code uHHHH}, any other punctuation after a backslash, groups {@code ( )} and {@code (?:
 * )}, {@code |}, {@code ? * + {m} {m,} {m,n}} with bounds up to 1,000; {@code ^} at the beginning
 * and {@code $} at the end change nothing. Meanings are those of {@code java.util.regex} without
 * flags. Look-around, back references, word boundaries, possessive quantifiers and properties
 * ({@code \p}) are refused.
 *
 * <h2>Numbers</h2>
 *
 * {@code integer} or {@code decimal}, then optionally a range {@code MIN..MAX} with both ends in
 * it, either of which may be left out: {@code integer 0..100}. Up to 15 digits before the point, or
 * as many as the range has; up to 6 after it, or as many as the range has; no exponent and no
 * leading zeros; never a negative zero.
 *
 * <h2>JSON schemas</h2>
 *
 * {@code type} (one or a list of object, array, string, number, integer, boolean, null), {@code
 * properties}, {@code required}, {@code items}, {@code minItems}, {@code maxItems}, {@code
 * minLength}, {@code maxLength}, {@code pattern} (as above, but found anywhere unless anchored),
 * {@code minimum}, {@code maximum}, {@code enum}, {@code const}, {@code anyOf}. {@code
 * additionalProperties} is false. Annotations are passed over; every other keyword is refused by
 * name. Properties come in the order of the schema, without white space but for one optional space
 * behind a colon or a comma. Nesting ends at 16.
 *
 * <p>May use the tokenizer and nothing else of the model.
 */
package dev.moonflow.model.constraint;

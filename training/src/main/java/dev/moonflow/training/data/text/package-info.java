/**
 * Text to learn from and to draw: prose from a grammar over a lexicon of several thousand English
 * words, names, dates, amounts, addresses and codes, program text, arithmetic with its reasoning,
 * statements of knowledge. Everything is a function of {@link dev.moonflow.training.data.Draw}.
 */
package dev.moonflow.training.data.text;

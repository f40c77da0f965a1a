/**
 * Conversations: messages, the chat template, and the split of an answer into reasoning and visible
 * text (SPEC sections 3.6 to 3.8).
 */
package dev.moonflow.model.chat;

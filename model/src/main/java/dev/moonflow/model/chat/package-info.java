/**
 * Conversations: messages, the chat template, and the split of an answer into reasoning and visible
 * text (SPEC sections 3.6 to 3.8). May use model.tokenizer and the image type of kernels.
 */
package dev.moonflow.model.chat;

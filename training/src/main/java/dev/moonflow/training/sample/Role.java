package dev.moonflow.training.sample;

/** Whose turn of a conversation a part belongs to. */
public enum Role {
  /** No conversation: plain pre-training text and images. */
  NONE,
  /** The system prompt; not learnt. */
  SYSTEM,
  /** The user; not learnt. */
  USER,
  /** The assistant: what is learnt. */
  ASSISTANT
}

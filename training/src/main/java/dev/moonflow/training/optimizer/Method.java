package dev.moonflow.training.optimizer;

/** Who updates a tensor. */
public enum Method {
  /** Orthogonalised momentum, for matrices; what is no matrix goes to AdamW instead. */
  MUON,
  /** Adam with decoupled weight decay. */
  ADAMW,
  /** No optimizer: frozen, or set by a rule of its own as {@link ExpertBiasUpdate} is. */
  FIXED
}

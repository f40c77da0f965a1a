/**
 * Answers of the policy that is being trained, by the product's own generation engine (SPEC
 * sections 9 and 12.3): samples to prompts, prompts to several answers each, all of them drawn from
 * seeds. Sees no tensor: the weights come from an exported checkpoint folder.
 */
package dev.moonflow.training.rollout;

/** Data construction (SPEC section 12.4): generators and filters for every category of example. */
package dev.moonflow.training.data;

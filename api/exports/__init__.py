"""The whole public record in one archive, made from the shapes that the API answers with."""

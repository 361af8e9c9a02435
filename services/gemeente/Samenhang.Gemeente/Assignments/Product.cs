namespace Samenhang.Gemeente.Assignments;

/// <summary>A product of support.</summary>
/// <param name="Category">The category; null = every product (generic).</param>
/// <param name="Code">The code; null = every product of the category.</param>
public sealed record Product(string? Category, string? Code)
{
    /// <summary>Whether one could be delivered as the other: OP259 tells when two products are the same.</summary>
    public bool IsSameAs(Product other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Category is null || other.Category is null || (Category == other.Category && (Code is null || other.Code is null || Code == other.Code));
    }

    /// <inheritdoc/>
    public override string ToString() => Code is null ? Category ?? "" : $"{Category}/{Code}";
}

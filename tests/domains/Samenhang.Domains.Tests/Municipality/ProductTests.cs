using Samenhang.Gemeente.Assignments;

namespace Samenhang.Domains.Tests.Municipality;

/// <summary>When two products are the same (OP259): a product without a code stands for its category, one without a category for all.</summary>
public sealed class ProductTests
{
    [Theory]
    [InlineData("02", "02A01", "02", "02A01", true)]
    [InlineData("02", "02A01", "02", "02A02", false)]
    [InlineData("02", "02A01", "02", null, true)]
    [InlineData("02", "02A01", "03", null, false)]
    [InlineData("02", null, "03", null, false)]
    [InlineData(null, null, "02", "02A01", true)]
    public void Two_products_are_the_same_or_not_in_both_directions(string? category, string? code, string? otherCategory, string? otherCode, bool same)
    {
        var (one, other) = (new Product(category, code), new Product(otherCategory, otherCode));

        Assert.Equal((same, same), (one.IsSameAs(other), other.IsSameAs(one)));
    }
}

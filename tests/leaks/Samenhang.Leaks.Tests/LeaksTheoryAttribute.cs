namespace Samenhang.Leaks.Tests;

/// <summary>As <see cref="LeaksFactAttribute"/>, with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LeaksTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks whether it was asked for.</summary>
    public LeaksTheoryAttribute() => Skip = new LeaksFactAttribute().Skip;
}

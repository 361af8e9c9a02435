namespace Samenhang.Leaks.Tests;

/// <summary>A test over every call by everybody: it takes minutes, so it runs when <c>SAMENHANG_LEAKS</c> is set to 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LeaksFactAttribute : FactAttribute
{
    /// <summary>Looks whether it was asked for.</summary>
    public LeaksFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("SAMENHANG_LEAKS") != "1")
        {
            Skip = "Takes five to eight minutes: SAMENHANG_LEAKS=1 ./test leaks runs it.";
        }
    }
}

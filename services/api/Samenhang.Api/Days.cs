namespace Samenhang.Api;

/// <summary>The calendar of the Netherlands: the law counts in its days, whatever zone a server runs in.</summary>
public sealed class Days(TimeProvider time)
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>The day it is now.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Netherlands).DateTime);
}

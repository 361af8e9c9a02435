namespace Samenhang.Api;

/// <summary>The calendar of the Netherlands: the law counts in its days, whatever zone a server runs in.</summary>
public sealed class Days(TimeProvider time)
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>The day it is now.</summary>
    public DateOnly Today => Of(time.GetUtcNow());

    /// <summary>The day on which a moment falls.</summary>
    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Netherlands).DateTime);

    /// <summary>The last moment of a day.</summary>
    public static DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Netherlands.GetUtcOffset(midnight)).AddTicks(-1);
    }
}

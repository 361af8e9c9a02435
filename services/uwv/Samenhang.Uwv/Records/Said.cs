using Samenhang.Language;
using Samenhang.Messages.Cases;

namespace Samenhang.Uwv.Records;

/// <summary>Facts as the news of a record says them.</summary>
internal static class Said
{
    public static KnownFact Fact(string id, bool value) => new(id, new KnownValue { Bool = value });

    public static KnownFact Fact(string id, DateOnly day) => new(id, new KnownValue { Day = day });

    public static KnownFact Fact(string id, string code) => new(id, new KnownValue { Code = code });

    public static KnownFact Fact(string id, decimal number) => new(id, new KnownValue { Number = number });

    /// <summary>Takes back what was said: it is not known any more.</summary>
    public static KnownFact Unknown(string id) => new(id, new KnownValue());

    public static CaseEvent Event(string type, DateOnly day) => new() { Type = type, Date = day };
}

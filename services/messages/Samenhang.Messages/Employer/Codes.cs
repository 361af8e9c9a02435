using System.Collections.Frozen;
using System.Reflection;

namespace Samenhang.Messages.Employer;

/// <summary>The code in the vocabulary that a member of a closed list stands for.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class CodeAttribute(string code) : Attribute
{
    /// <summary>The code.</summary>
    public string Code { get; } = code;
}

/// <summary>Closed lists of the employer's messages, to and from the codes of the vocabulary. A code outside the list is not sent.</summary>
public static class Codes<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> CodeOf = Enum.GetValues<TEnum>()
        .ToFrozenDictionary(member => member, member => typeof(TEnum).GetField(member.ToString())!.GetCustomAttribute<CodeAttribute>()!.Code);

    private static readonly FrozenDictionary<string, TEnum> MemberOf = CodeOf.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

#pragma warning disable CA1000 // Codes<WorkStatus>.Of(…) reads as it should.
    /// <summary>The code of a member.</summary>
    public static string Of(TEnum member) => CodeOf[member];

    /// <summary>The member of a code, or null when the list has none.</summary>
    public static TEnum? Find(string? code) => code is not null && MemberOf.TryGetValue(code, out var member) ? member : null;

    /// <summary>All codes of the list.</summary>
    public static IReadOnlyCollection<string> All => MemberOf.Keys;
#pragma warning restore CA1000
}

using System.Collections.Frozen;
using Samenhang.Language;

namespace Samenhang.Rules.Evaluation;

/// <summary>
/// The dated numbers that rules read: those of the vocabulary, with the overrides of one municipality or insurer over them.
/// A case's own override comes first.
/// </summary>
public sealed class ParameterSet
{
    private readonly FrozenDictionary<string, IReadOnlyList<Parameter>> law;
    private readonly FrozenDictionary<string, IReadOnlyList<Parameter>> own;

    private ParameterSet(FrozenDictionary<string, IReadOnlyList<Parameter>> law, FrozenDictionary<string, IReadOnlyList<Parameter>> own)
    {
        this.law = law;
        this.own = own;
    }

    /// <summary>The parameters of the vocabulary alone.</summary>
    public static ParameterSet Of(Vocabulary vocabulary) => Of(vocabulary.Parameters);

    /// <summary>These parameters alone.</summary>
    internal static ParameterSet Of(FrozenDictionary<string, IReadOnlyList<Parameter>> law) => new(law, FrozenDictionary<string, IReadOnlyList<Parameter>>.Empty);

    /// <summary>The same set under the overrides of a tenant; only parameters marked overridable may stand in it.</summary>
    /// <exception cref="ArgumentException">A parameter is unknown or may not be overridden; the message names all.</exception>
    public ParameterSet With(IEnumerable<Parameter> overrides)
    {
        var list = overrides.ToList();
        var wrong = list.Where(o => !law.TryGetValue(o.Id, out var known) || !known.Any(k => k.Overridable)).Select(o => o.Id).ToList();
        return wrong.Count > 0
            ? throw new ArgumentException($"These parameters may not be overridden: {string.Join(", ", wrong)}.", nameof(overrides))
            : new(law, list.GroupBy(o => o.Id).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Parameter>)[.. g]));
    }

    /// <summary>The value for a case on its reference day; unknown outside the validity. A parameter of unit date has no such test.</summary>
    public Value Get(string id, Case @case) => Get(id, @case, @case.AsOf);

    /// <summary>The value of a parameter that is about no case, on a day; unknown outside the validity.</summary>
    public Value On(string id, DateOnly day) => Find(own, id, day) ?? Find(law, id, day) ?? default;

    internal Value Get(string id, Case @case, DateOnly day) =>
        @case.Parameters.TryGetValue(id, out var value) ? value : Find(own, id, day) ?? Find(law, id, day) ?? default;

    private static Value? Find(FrozenDictionary<string, IReadOnlyList<Parameter>> parameters, string id, DateOnly day)
    {
        if (!parameters.TryGetValue(id, out var periods))
        {
            return null;
        }

        Value? dateless = null;
        foreach (var parameter in periods)
        {
            if (parameter.Validity.Contains(day))
            {
                return parameter.Value;
            }

            dateless ??= parameter.Unit == "date" ? parameter.Value : null;
        }

        return dateless;
    }
}

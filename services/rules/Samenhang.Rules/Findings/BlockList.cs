using Samenhang.Language;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Expressions;
using Samenhang.Rules.Reading;

namespace Samenhang.Rules;

/// <summary>An event that must be stopped.</summary>
/// <param name="EventType">The type of the event.</param>
/// <param name="RuleIds">The rules that say so.</param>
/// <param name="Explanation">Why, in plain language.</param>
public sealed record BlockedEvent(string EventType, IReadOnlyList<string> RuleIds, Sentence Explanation);

/// <summary>When which events must be stopped, as blocks.yaml says it, compiled.</summary>
internal sealed class BlockList
{
    /// <summary>No event is ever stopped.</summary>
    internal static BlockList Empty { get; } = new([], "");

    private readonly Block[] blocks;

    private BlockList(Block[] blocks, string version)
    {
        this.blocks = blocks;
        Version = version;
        Slots = blocks.Select(block => block.Condition.Slots).DefaultIfEmpty(0).Max();
    }

    /// <summary>A hash over the text.</summary>
    internal string Version { get; }

    /// <summary>How many variables a scope must have room for.</summary>
    internal int Slots { get; }

    /// <summary>The events that must be stopped in a case: those whose condition is true. One that is unknown stops nothing.</summary>
    internal IEnumerable<BlockedEvent> In(Case @case, Scope scope) =>
        from block in blocks
        where block.Documents.TakePartIn(@case) && block.Condition.Node.Test(scope) == Truth.True
        from type in block.EventTypes
        select new BlockedEvent(type, block.RuleIds, block.Explanation);

    /// <summary>Reads and checks the entries; what is wrong is added to the faults.</summary>
    internal static BlockList Compile(RuleFile file, DerivedFacts derived, List<RuleFault> faults)
    {
        var vocabulary = derived.Vocabulary;
        var compiled = new List<Block>();
        var document = YamlDocument.Read(file, faults);
        document?.Root.Allow("blocks");
        foreach (var entry in document?.List("blocks") ?? [])
        {
            entry.Allow("event", "when", "rules", "nl", "en");
            var (types, rules) = (entry.Texts("event"), entry.Texts("rules"));
            if (types.Count == 0)
            {
                entry.Fault("event", "event is missing");
            }

            foreach (var type in types.Where(type => !vocabulary.EventTypes.Contains(type)))
            {
                entry.Fault("event", $"{type} is no event type{Spelling.Hint(type, vocabulary.EventTypes)}");
            }

            // Nothing is stopped on nobody's authority.
            if (rules.Count == 0)
            {
                entry.Fault("rules", "rules is missing");
            }

            foreach (var rule in rules.Where(rule => vocabulary.DocumentsOf(rule).Count == 0))
            {
                entry.Fault("rules", $"{rule} is a rule of no document");
            }

            if (entry.Required("when") is { } when && entry.Required("nl") is { } nl && entry.Required("en") is { } en)
            {
                entry.Try("when", () => compiled.Add(new(types, Binder.Predicate(when, ScopeKind.Case, derived.Lexicon), rules, new(vocabulary, rules), new Sentence(nl, en))));
            }
        }

        return new([.. compiled], document?.Version ?? "");
    }

    private sealed record Block(IReadOnlyList<string> EventTypes, Compiled<Predicate> Condition, IReadOnlyList<string> RuleIds, RuleDocuments Documents, Sentence Explanation);
}

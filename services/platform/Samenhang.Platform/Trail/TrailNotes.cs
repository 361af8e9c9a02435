using Grpc.Core;

namespace Samenhang.Platform.Trail;

/// <summary>What a method lets the trail know of its own call, where the messages do not tell it.</summary>
public sealed class TrailNotes
{
    private const string Key = "samenhang.trail";

    /// <summary>The case, or its pseudonym; null = as the messages say.</summary>
    public string? CaseKey { get; set; }

    /// <summary>The line of which the call ends the confidentiality; null = of none.</summary>
    public long? Lifts { get; set; }

    /// <summary>Those of a call.</summary>
    public static TrailNotes Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.UserState.TryGetValue(Key, out var notes))
        {
            context.UserState[Key] = notes = new TrailNotes();
        }

        return (TrailNotes)notes;
    }
}

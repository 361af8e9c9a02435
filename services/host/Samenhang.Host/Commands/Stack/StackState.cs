using Samenhang.Engines;

namespace Samenhang.Host.Commands.Stack;

/// <summary>What a stack tells about itself while it runs; never a secret.</summary>
/// <param name="Supervisor">The process that watches the others.</param>
/// <param name="Ready">Whether everything has answered.</param>
/// <param name="Replicas">How many of each service.</param>
/// <param name="Parts">Everything that runs.</param>
internal sealed record StackState(ProcessMark Supervisor, bool Ready, int Replicas, IReadOnlyList<PartState> Parts);

/// <summary>One part.</summary>
/// <param name="Name">Service and replica, or engine.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="State">What it does now.</param>
/// <param name="Process">The process that runs now.</param>
/// <param name="Restarts">How often it ended by itself and was started again.</param>
/// <param name="Log">Where it writes.</param>
internal sealed record PartState(string Name, string Address, ProcessState State, ProcessMark? Process, int Restarts, string Log);

namespace Samenhang.Platform.Store;

/// <summary>
/// The states of the streams that were used last, so that only what came since is read and replayed. States are immutable and an event never
/// changes, so what is kept here can be behind and never wrong: other processes may write to the same store.
/// </summary>
/// <param name="capacity">How many streams are kept; whichever was not used longest gives way.</param>
internal sealed class RecentStates<TState>(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, StreamState<TState> State)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, StreamState<TState> State)> _byUse = new();

    /// <summary>The newest state that is kept; null when none is.</summary>
    public StreamState<TState>? Find(string key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.State;
        }
    }

    /// <summary>Keeps a state, unless a newer one is kept already.</summary>
    public void Keep(string key, StreamState<TState> state)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var node))
            {
                if (node.Value.State.Version < state.Version)
                {
                    node.Value = (key, state);
                }

                return;
            }

            if (_byKey.Count == capacity)
            {
                _byKey.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }

            _byKey[key] = _byUse.AddFirst((key, state));
        }
    }

    /// <summary>Forgets a stream.</summary>
    public void Forget(string key)
    {
        lock (_gate)
        {
            if (_byKey.Remove(key, out var node))
            {
                _byUse.Remove(node);
            }
        }
    }
}

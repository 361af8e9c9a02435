namespace Samenhang.Platform.Errors;

/// <summary>Either a value or an expected failure. The default of this struct is neither and may not be used.</summary>
/// <typeparam name="T">The value of success.</typeparam>
public readonly record struct Result<T>
{
    private readonly T? _value;
    private readonly Error? _error;
    private readonly bool _made;

    private Result(T? value, Error? error) => (_value, _error, _made) = (value, error, true);

    /// <summary>True when this holds a value.</summary>
    public bool IsSuccess => Made._error is null;

    /// <summary>The error, or null on success.</summary>
    public Error? Error => Made._error;

    private Result<T> Made => _made ? this : throw new InvalidOperationException("A Result was used that nobody made (default).");

    /// <summary>Takes one of two roads.</summary>
    /// <param name="success">What to do with the value.</param>
    /// <param name="failure">What to do with the error.</param>
    /// <typeparam name="TOut">The result of both roads.</typeparam>
    public TOut Match<TOut>(Func<T, TOut> success, Func<Error, TOut> failure)
    {
        ArgumentNullException.ThrowIfNull(success);
        ArgumentNullException.ThrowIfNull(failure);
        return Made._error is { } error ? failure(error) : success(_value!);
    }

    /// <summary>Goes on with the value; an error passes through unchanged.</summary>
    /// <param name="next">The next step.</param>
    /// <typeparam name="TNext">The value of the next step.</typeparam>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => Match(next, error => error);

    /// <summary>Changes the value; an error passes through unchanged.</summary>
    /// <param name="map">The change.</param>
    /// <typeparam name="TNext">The changed value.</typeparam>
    public Result<TNext> Map<TNext>(Func<T, TNext> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Match<Result<TNext>>(value => map(value), error => error);
    }

    /// <summary>
    /// The value, or an <see cref="RpcFailure"/> that the server interceptor turns into a status. Call it at the edge only: in a
    /// gRPC method, never in a handler or in the domain.
    /// </summary>
    /// <exception cref="RpcFailure">This holds an error.</exception>
    public T OrFail() => Match(value => value, error => throw new RpcFailure(error));

    /// <summary>A success.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    /// <param name="error">The error.</param>
    public static implicit operator Result<T>(Error error) => new(default, error ?? throw new ArgumentNullException(nameof(error)));

#pragma warning disable CA1000 // A named way in, for values of an interface type: C# has no implicit conversion from an interface.
    /// <summary>A success; for values whose type is an interface, which C# does not convert by itself.</summary>
    /// <param name="value">The value.</param>
    public static Result<T> Success(T value) => new(value, null);
#pragma warning restore CA1000
}

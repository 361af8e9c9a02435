using Microsoft.Extensions.Options;

namespace Samenhang.Platform.Hosting;

/// <summary>
/// Settings that follow their source while the service runs. A change that the validation refuses changes nothing: what was in force
/// stays in force until the settings are right again.
/// </summary>
/// <typeparam name="T">The options; checked at the start as all are.</typeparam>
public sealed class LastGood<T>(IOptionsMonitor<T> monitor)
    where T : class
{
    private volatile T _last = monitor.CurrentValue;

    /// <summary>The settings of this moment. Take it once for one decision.</summary>
    public T Now
    {
        get
        {
            try
            {
                return _last = monitor.CurrentValue;
            }
            catch (OptionsValidationException)
            {
                return _last; // Told where the settings come from (2114).
            }
        }
    }
}

/** Sources that several presets share. A source says "quoted by" where only a secondary text was read. */

export const mlcLogs = 'Intel Memory Latency Checker logs in gjbex/Code-optimization, info/*_mlc.txt (commit d917fb8)'

export const melody = 'Liu et al. (Melody), ASPLOS 2025, doi 10.1145/3676641.3715987, quoted by reading notes'

export const pond = 'Li et al. (Pond), ASPLOS 2023, an estimate of its authors, quoted by reading notes'

export const cacheLib = 'intel/CacheLib wiki, OCP demo configuration (Xeon 8470, CXL 2.0 E3.S x8, 96 GB)'

export const fiveNsPerMeter = '5 ns a meter: Gao et al., OSDI 2016, quoted by reading notes'

export const fourMeters = '4 m within a rack at 5 ns a meter: Gao et al., OSDI 2016, quoted by reading notes'

export const copperCable = 'cable of 1.5 m: Octopus, arXiv 2501.09020, at 5 ns a meter'

/** iPipe's table of SmartNICs is known from memory only, so its figures count as assumed. */
export const iPipe = 'after Liu et al. (iPipe), SIGCOMM 2019, table 1, not checked against the paper'

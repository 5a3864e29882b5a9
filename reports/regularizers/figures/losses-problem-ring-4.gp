# Run: gnuplot -d losses-problem-ring-4.gp
set terminal svg size 900,890 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'losses-problem-ring-4.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'losses: problem = ring, optimizer = newcomer, loss = wasserstein' at screen 0.013333, screen 0.97978 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.95281 to screen 0.04, screen 0.95281 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'critic_loss' at screen 0.046667, screen 0.95281 left font ',12' noenhanced
set arrow from screen 0.15324, screen 0.95281 to screen 0.17991, screen 0.95281 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'generator_loss' at screen 0.18658, screen 0.95281 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [120:3000]
set xtics ('1000' 1000, '2000' 2000, '3000' 3000)
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'none' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-30.461:38.012]
set ytics ('-20' -20, '0' 0, '20' 20)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-4.dat' index 0 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 1 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 0 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 1 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'clipping' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.35644:0.50553]
set ytics ('-0.2' -0.2, '0' 0, '0.2' 0.2, '0.4' 0.4)
unset xlabel
unset ylabel
plot 'losses-problem-ring-4.dat' index 2 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 3 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 2 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 3 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'wgan-gp' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-15.449:21.691]
set ytics ('-10' -10, '0' 0, '10' 10, '20' 20)
unset xlabel
unset ylabel
plot 'losses-problem-ring-4.dat' index 4 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 5 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 4 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 5 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'lp' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-13.909:20.106]
set ytics ('-10' -10, '0' 0, '10' 10, '20' 20)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-4.dat' index 6 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 7 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 6 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 7 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'r1 weight=0.1' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-19.556:26.392]
set ytics ('-10' -10, '0' 0, '10' 10, '20' 20)
unset xlabel
unset ylabel
plot 'losses-problem-ring-4.dat' index 8 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 9 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 8 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 9 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'r1 weight=1' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-1.0368:2.6831]
set ytics ('-1' -1, '0' 0, '1' 1, '2' 2)
unset xlabel
unset ylabel
plot 'losses-problem-ring-4.dat' index 10 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 11 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 10 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 11 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'r2' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-22.718:28.949]
set ytics ('-20' -20, '0' 0, '20' 20)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-4.dat' index 12 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 13 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 12 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 13 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'dragan' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-9.0426:14.946]
set ytics ('-5' -5, '0' 0, '5' 5, '10' 10)
unset xlabel
unset ylabel
plot 'losses-problem-ring-4.dat' index 14 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 15 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 14 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 15 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'zero-gp' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-4.5978:8.7149]
set ytics ('0' 0, '5' 5)
unset xlabel
unset ylabel
plot 'losses-problem-ring-4.dat' index 16 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 17 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 16 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 17 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'spectral' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.74269:0.88763]
set ytics ('-0.5' -0.5, '0' 0, '0.5' 0.5)
set xlabel 'generator step' offset 0,0.4
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-4.dat' index 18 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 19 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 18 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 19 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'dropout' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-32.905:40.442]
set ytics ('-20' -20, '0' 0, '20' 20, '40' 40)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses-problem-ring-4.dat' index 20 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 21 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 20 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 21 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'batch-norm' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-50.695:2.5011]
set ytics ('-40' -40, '-20' -20, '0' 0)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses-problem-ring-4.dat' index 22 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 23 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-4.dat' index 22 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-4.dat' index 23 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset multiplot
set output
